"""A finding as the form that is filed: what was found, what was corrected, whether it holds."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keti.documents.doors import paper_file
from keti.documents.rules.forms import FOUR, Row, pair, sign_line, wide
from keti.documents.rules.paper import Paper, tongue
from keti.documents.rules.written import Grid
from keti.groups.doors import Door, enter
from keti.groups.queries import labels_on_paper
from keti.kernel.templatetags.keti_dates import deadline_text, when_text
from keti.monitoring.enums import FindingState, StepKind
from keti.monitoring.models import Finding, Step
from keti.monitoring.views.findings import fetch


def paper(request: HttpRequest, slug: str, finding_id: str, form: str) -> HttpResponse:
    """监控意见单 as a Word file or PDF, for whoever sees the finding."""
    door = enter(request, slug)
    return paper_file(request, finding_paper(door, fetch(door, finding_id)), form, door.asker)


def finding_paper(door: Door, one: Finding) -> Paper:
    """One finding with every step it took; what is still to come stands empty, to be filled in by
    hand."""
    steps = list(one.steps.select_related("file", "seat").order_by("pk"))
    raised, *rest = steps
    rows = [
        *_head(door, one),
        wide(pgettext("finding", "问题"), f"{one.title}\n{one.text}", _signed(door, raised)),
        *(wide(_named(step), _said(step), _signed(door, step)) for step in rest),
        *_to_come(one, door.lang),
    ]
    return Paper(
        kind="form",
        title=_("监控意见单"),
        lang=tongue(door.lang),
        issuer=door.programme.title.in_(door.lang),
        number=_("第 {n} 号").format(n=one.number),
        day=_day(door, steps[-1].recorded_at),
        body=(Grid(tuple(rows), FOUR),),
        demo=door.programme.is_demo,
    )


def _head(door: Door, one: Finding) -> list[Row]:
    zone, lang = door.programme.tz, door.lang
    group = one.group.title.in_(lang) if one.group else _("整个课题")
    state = str(one.get_state_display())
    if one.closed_at:
        state += f"　{when_text(one.closed_at, zone, lang)}"
    return [
        wide(_("对象"), labels_on_paper(door.programme, lang)(one.subject_label)),
        pair(_("组别"), group, _("轻重程度"), str(one.get_severity_display())),
        pair(
            _("提出人"), one.raised_by.called.in_(lang),
            _("提出时间"), when_text(one.raised_at, zone, lang),
        ),
        pair(
            _("答复人"), one.owed_by.called.in_(lang),
            _("答复期限"), deadline_text(one.answer_due, zone, lang),
        ),
        wide(_("状态"), state),
    ]  # fmt: skip


def _named(step: Step) -> str:
    return str(StepKind(step.kind).label)


def _said(step: Step) -> str:
    file = step.file
    return f"{step.text}\n{_('附件：{name}').format(name=file.name)}" if file else step.text


def _signed(door: Door, step: Step) -> str:
    """Who said it and when; who recorded it, where that was another."""
    who = step.seat.called.in_(door.lang)
    if step.on_behalf:
        by = labels_on_paper(door.programme, door.lang)(step.by_label)
        who += _("（{by} 代录）").format(by=by)
    return f"{who}　{when_text(step.happened_at, door.programme.tz, door.lang)}"


def _to_come(one: Finding, lang: str) -> list[Row]:
    """The boxes of the steps that are still owed, with a line to sign."""
    if one.state == FindingState.CLOSED:
        return []
    sign = sign_line(lang)
    verifying = wide(_("核实意见"), "", sign)
    if one.state == FindingState.ANSWERED:
        return [verifying]
    return [wide(_("答复整改"), "", sign), verifying]


def _day(door: Door, at: datetime) -> date:
    return door.programme.local(at).date()
