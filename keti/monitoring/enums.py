from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    """How much weighs what was found."""

    NOTE = "note", _("提示")
    ORDINARY = "ordinary", _("一般")
    BLOCKING = "blocking", _("须先整改")


class FindingState(TextChoices):
    """Where a finding stands: with whom the next step lies."""

    RAISED = "raised", _("待答复")
    ANSWERED = "answered", _("待核实")
    CLOSED = "closed", _("已核销")


class StepKind(TextChoices):
    """One line of a finding's history."""

    RAISED = "raised", _("提出")
    ANSWERED = "answered", _("答复整改")
    ASSIGNED = "assigned", _("改由他人答复")
    REOPENED = "reopened", _("退回再改")
    CLOSED = "closed", _("核销")
