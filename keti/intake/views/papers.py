"""Papers of the admission: the application form, blank and filled in; who was admitted."""

from datetime import date, datetime
from typing import cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keti.documents.doors import paper_file
from keti.documents.rules.forms import FOUR, Row, heads, pair, sign_line, wide
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Box, Grid
from keti.groups.doors import Door, enter_office
from keti.groups.queries import labels_on_paper
from keti.intake import queries
from keti.intake.enums import ApplicationState
from keti.intake.forms.application import ApplicationForm
from keti.intake.models import Application, Call
from keti.intake.rules.content import track_of
from keti.intake.views.applications import one_of
from keti.intake.views.apply import mine, parts
from keti.intake.views.call import call_or_404
from keti.intake.views.lists import submitted
from keti.intake.views.shared import lang
from keti.jobs.actions import Asker
from keti.kernel.templatetags.keti_dates import when_text
from keti.programmes.models import Programme

LIST_WIDTHS = (5, 16, 27, 17, 18, 17)
TALL_LINES = 4
"""A box to be filled in by hand is so many lines high."""


def blank(request: HttpRequest, slug: str, track: str, form: str) -> HttpResponse:
    """The empty form of one track, to be filled in by hand, for everybody."""
    call = call_or_404(slug)
    return paper_file(request, _blank(call, track), form, Asker(programme=call.programme))


def _blank(call: Call, key: str) -> Paper:
    admission = queries.admission_of(call.programme)
    track = track_of(admission, key) if admission else None
    if admission is None or track is None:
        raise Http404
    asked = ApplicationForm(
        admission=admission, track=track, titles=dict(queries.titles(call.programme)), lang=lang()
    )
    rows = [
        _empty(str(field.label), field)
        for name, field in asked.fields.items()
        if name not in ("key", "consent")
    ]
    consent = asked.fields["consent"]
    rows.append(wide(_("入册"), f"□ {consent.label}"))
    title = admission.form_title.in_(lang()) or _("申报表")
    return Paper(
        kind="form",
        title=title,
        lang=tongue(lang()),
        subtitle=track.title.in_(lang()),
        issuer=call.programme.title.in_(lang()),
        number=call.number,
        day=call.programme.local(call.published_at).date(),
        body=(Grid((*rows, _signed_here(lang())), FOUR),),
        demo=call.programme.is_demo,
    )


def _empty(label: str, field: forms.Field) -> Row:
    """One thing that is asked: boxes to tick, or room to write."""
    if isinstance(field, forms.MultipleChoiceField):
        offered = cast(list[tuple[str, str]], field.choices)
        return wide(label, "\n".join(f"□ {words}" for _key, words in offered))
    long = isinstance(field.widget, forms.Textarea)
    return wide(label, "", room=TALL_LINES if long else 1)


def _signed_here(speech: str) -> Row:
    return wide(_("申报人承诺"), _("以上所填属实。"), sign_line(speech, sealed=True))


def received(request: HttpRequest, slug: str, public_id: str, form: str) -> HttpResponse:
    """What was sent, with its receipt, for who applied."""
    one = mine(request, slug, public_id)
    if one.state == ApplicationState.DRAFT:
        raise Http404
    return paper_file(request, _filled(one, lang()), form, Asker(programme=one.programme))


def application(request: HttpRequest, slug: str, public_id: str, form: str) -> HttpResponse:
    """One application with what was found and decided, for the secretariat."""
    door = enter_office(request, slug)
    one = one_of(door, public_id)
    return paper_file(request, _filled(one, door.lang, office=True), form, door.asker)


def _filled(one: Application, speech: str, *, office: bool = False) -> Paper:
    programme = one.programme
    admission = queries.admission_of(programme)
    track = track_of(admission, one.track) if admission else None
    consent = _("同意") if one.filled.consent else _("未同意")
    rows = [
        *_receipt(one, speech),
        *(wide(label, words) for label, words in parts(one, speech)),
        wide(_("入册"), consent),
        *(_assessed(one, speech) if office else ()),
        *_decided(one, speech),
    ]
    return Paper(
        kind="form",
        title=(admission.form_title.in_(speech) if admission else "") or _("申报表"),
        lang=tongue(speech),
        subtitle=track.title.in_(speech) if track else "",
        issuer=programme.title.in_(speech),
        number=one.number,
        day=_day(programme, one.decided_at or one.submitted_at or one.saved_at),
        body=(Grid(tuple(rows), FOUR),),
        demo=programme.is_demo,
    )


def _receipt(one: Application, speech: str) -> list[Row]:
    """When it came, and the fingerprint by which it is known again."""
    if one.submitted_at is None:
        return []
    came = when_text(one.submitted_at, one.programme.tz, speech)
    if one.recorded_late:
        came += f" {_('补录')}"
    return [pair(_("收到时间"), came, _("校验码"), one.sha256[:16])]


def _assessed(one: Application, speech: str) -> list[Row]:
    """Each requirement with what was found."""
    lines = []
    for line in queries.check_lines(one):
        found = str(line.check.get_verdict_display()) if line.check else _("未核实")
        reason = f" {line.check.reason}" if line.check and line.check.reason else ""
        colon = ": " if tongue(speech) == "en" else "："
        lines.append(f"{line.spec.title.in_(speech)}{colon}{found}{reason}")
    return [wide(_("资格审查"), "\n".join(lines))] if lines else []


def _decided(one: Application, speech: str) -> list[Row]:
    """The decision, or where it is written by hand."""
    if one.decided_at is None:
        return [wide(_("审核意见"), "", sign_line(speech, sealed=True))]
    words = str(one.get_state_display())
    if one.group is not None:
        words += f"　{one.group.title.in_(speech)}"
    if one.reason:
        words += f"\n{one.reason}"
    at = when_text(one.decided_at, one.programme.tz, speech)
    return [
        wide(
            _("审核意见"), words, f"{labels_on_paper(one.programme, speech)(one.decided_by)}　{at}"
        )
    ]


def admitted(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """入选名单: who was admitted, to which group and role, for the secretariat."""
    door = enter_office(request, slug)
    return paper_file(request, _admitted(door), form, door.asker, moves=True)


def _admitted(door: Door) -> Paper:
    programme, speech = door.programme, door.lang
    found = submitted(door).with_names().filter(state=ApplicationState.ADMITTED)
    chosen = list(found.select_related("seat__role").order_by("group__order", "number"))
    waiting = submitted(door).undecided().count()
    call = queries.call_of(programme)
    top = heads(_("序号"), _("申报编号"), _("姓名或单位"), _("编入"), _("职务"), _("决定时间"))
    rows = [_admission(door, place, one) for place, one in enumerate(chosen, start=1)]
    note = _("共入选 {n} 个；尚有 {waiting} 份申报未决定。").format(n=len(chosen), waiting=waiting)
    last = (Box(note, across=len(LIST_WIDTHS), sign=sign_line(speech, sealed=True)),)
    return Paper(
        kind="table",
        title=_("入选名单"),
        lang=tongue(speech),
        subtitle=programme.title.in_(speech),
        issuer=_("据征集通知 {number}").format(number=call.number) if call else "",
        date=printed_day(programme.local(door.now), speech),
        day=programme.local(door.now).date(),
        body=(Grid((top, *rows, last), LIST_WIDTHS, heads=1),),
        demo=programme.is_demo,
    )


def _admission(door: Door, place: int, one: Application) -> Row:
    words = (
        one.number,
        one.name,
        one.group.title.in_(door.lang) if one.group else "",
        one.seat.role.title.in_(door.lang) if one.seat else "",
        when_text(one.decided_at, door.programme.tz, door.lang) if one.decided_at else "",
    )
    return (Box(str(place), label=True), *map(Box, words))


def _day(programme: Programme, at: datetime) -> date:
    return programme.local(at).date()
