"""What the pages of this room share: a nomination behind a page, forms that keep what was sent."""

from django.http import Http404
from django.utils.translation import gettext as _

from keti.charter.rules.criteria import Criterion, Tally
from keti.groups.doors import Door
from keti.honours import permissions
from keti.honours.enums import Stage
from keti.honours.models import Nomination
from keti.honours.rules import HonourSpec

MARKS = {
    Stage.NOMINATED: "doing",
    Stage.CHECKED: "doing",
    Stage.APPROVED: "soon",
    Stage.NOTICED: "soon",
    Stage.AWARDED: "done",
    Stage.DECLINED: "waived",
    Stage.WITHDRAWN: "waived",
    Stage.REVOKED: "overdue",
}


def spec_at(door: Door, honour: str) -> HonourSpec:
    """The honour of this key; 404 where the charter has none."""
    found = permissions.honours_of(door.programme).get(honour)
    if found is None:
        raise Http404
    return found


def fetch(door: Door, nomination_id: str) -> Nomination:
    """The nomination, if this seat may see it; 404 otherwise."""
    rows = permissions.visible(door.sight, Nomination.objects.all())
    found = rows.filter(public_id=nomination_id).with_names().first()
    if found is None:
        raise Http404
    return found


def said(tally: Tally) -> str:
    """A figure as a page says it: 5/6; nothing owed is a dash."""
    return f"{tally.done}/{tally.owed}" if tally.owed else "—"


def measured(measure: str) -> str:
    """What is counted, in words; of a work of the charter as it is written."""
    words = {
        "task_book.met": _("任务书指标完成或免除"),
        "report.on_time": _("报告按时"),
        "report.accepted": _("报告被接收"),
        "meeting.attended": _("会议出席"),
        "deliverable.on_time": _("成果按时"),
        "deliverable.accepted": _("成果被接收"),
        "obligation.met": _("应办事项已办"),
        "obligation.on_time": _("应办事项按时"),
        "input.reported": _("投入已申报"),
        "input.verified": _("投入已核实"),
        "nomination.by_peers": _("同组同职务者提名"),
    }
    return words.get(measure, measure)


def asks(criterion: Criterion) -> str:
    """A criterion in words, with its number where it names one."""
    number = f"{criterion.number}/{criterion.share}" if criterion.share else str(criterion.number)
    asked = f" {criterion.sign} {number}" if criterion.sign else ""
    return f"{measured(criterion.measure)}{asked}"
