"""The public call, its files, and publishing it."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from keti.accounts.queries import person_of
from keti.charter.queries import compiled
from keti.charter.rules.compiled import Compiled
from keti.charter.rules.joining import AdmissionSpec
from keti.documents.doors import paper_file
from keti.documents.rules.html import to_html
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.qr import qr_svg
from keti.documents.rules.written import PLAIN, Body, Head, Piece, Written, as_body
from keti.groups.doors import ActForm, KeyForm, attempt, enter, page, programme_by_slug
from keti.intake import actions, permissions, queries
from keti.intake.models import Call
from keti.intake.views.shared import duty_of, lang
from keti.jobs.actions import Asker
from keti.kernel import clock
from keti.kernel.addresses import absolute
from keti.kernel.refusals import sentence
from keti.kernel.templatetags.keti_dates import deadline_text, last_day
from keti.ledger.doors import whole
from keti.programmes.models import Programme


def call_or_404(slug: str) -> Call:
    """The published call; before publication there is none."""
    call = queries.call_of(programme_by_slug(slug))
    if call is None:
        raise Http404
    return call


def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """The call as a printed notice: number, facts, body, what is asked, seal."""
    return whole(request, partial(_notice, request, slug))


def _notice(request: HttpRequest, slug: str) -> HttpResponse:
    call = call_or_404(slug)
    charter = compiled(call.programme)
    now = clock.received(request)
    return page(
        request,
        "intake/call.html",
        {
            "call": call,
            "now": now,
            "zone": call.programme.zone,
            "state": _state(call, now),
            "qr": mark_safe(qr_svg(absolute(call.path), _("本通知的网址"))),
            "signed_in": person_of(request.user) is not None,
            **wording(call, charter),
        },
    )


def _state(call: Call, now: datetime) -> str:
    if call.opens_at is None or call.closes_at is None:
        return "none"
    if now < call.opens_at:
        return "early"
    return "open" if now < call.closes_at else "closed"


def wording(call: Call, charter: Compiled) -> dict[str, Any]:
    """The call's words in the language of the page."""
    speech, admission = lang(), charter.admission
    return {
        "title": call.title.in_(speech),
        "body": mark_safe(to_html(call.written(speech), base_level=2)),
        "facts": facts(call, charter),
        "signatory": call.signatory.in_(speech),
        "date": written(call.programme, call.published_at),
        "asked": asked(admission) if admission else [],
        "errata": [(one, one.text.in_(speech)) for one in call.errata.all()],
        "declared": [text.in_(speech) for _key, text in admission.declarations]
        if admission
        else [],
    }


def facts(call: Call, charter: Compiled) -> list[tuple[str, str, str]]:
    """Label, large line, small line: window, audience, term."""
    speech, zone = lang(), call.programme.tz
    rows = []
    if call.opens_at and call.closes_at:
        closes = deadline_text(call.closes_at, zone, speech)
        last = last_day(call.closes_at, zone)
        days = span(call.opens_at.astimezone(zone).date(), last)
        rows.append((_("报名时间"), days, _("%(at)s 截止，以平台收到时刻为准") % {"at": closes}))
    if call.audience.in_(speech):
        rows.append((_("面向"), call.audience.in_(speech), ""))
    spans = [anchor for anchor in charter.anchors if anchor.kind == "span"]
    if spans:
        term = max(spans, key=lambda anchor: anchor.end - anchor.start)
        rows.append((_("课题期间"), span(term.date, term.last), ""))
    return rows


def span(first: date, last: date) -> str:
    """Two days; the year is said once where it is the same."""
    end = f"{last:%m-%d}" if first.year == last.year else last.isoformat()
    return _("%(first)s 至 %(last)s") % {"first": first.isoformat(), "last": end}


def asked(admission: AdmissionSpec) -> list[dict[str, Any]]:
    """For each track: what is required, what has priority."""
    speech = lang()
    return [
        {
            "key": track.key,
            "title": track.title.in_(speech),
            "require": [check.title.in_(speech) for check in track.require],
            "priority": [text.in_(speech) for text in track.priority],
        }
        for track in admission.tracks
    ]


def written(programme: Programme, at: datetime) -> str:
    """A date as the page of the call carries it."""
    local = programme.local(at)
    if lang().startswith("en"):
        return f"{local.day} {local:%B %Y}"
    return f"{local.year} 年 {local.month} 月 {local.day} 日"


def download(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The call as a Word file or PDF."""
    call = call_or_404(slug)
    speech, programme = lang(), call.programme
    paper = Paper(
        kind="notice",
        title=call.title.in_(speech),
        lang=tongue(speech),
        number=call.number,
        date=printed_day(programme.local(call.published_at), speech),
        day=programme.local(call.published_at).date(),
        issuer=call.signatory.in_(speech),
        signatory=call.signatory.in_(speech),
        seal_place=True,
        facts=tuple(
            (label, f"{big}\n{small}".strip())
            for label, big, small in facts(call, compiled(programme))
        ),
        body=(*call.written(speech), *_errata(call, speech)),
        demo=programme.is_demo,
    )
    return paper_file(request, paper, form, Asker(programme=programme))


def _chat(call: Call, speech: str) -> str:
    """Text to paste into a chat: what may be applied for, until when, where."""
    zone = call.programme.tz
    facts = {
        "programme": call.programme.title,
        "title": call.title,
        "number": call.number,
        "closes": deadline_text(call.closes_at, zone, speech) if call.closes_at else "",
        "url": absolute(call.path),
    }
    return sentence("intake.chat-open" if call.closes_at else "intake.chat-call", facts, speech)


def _errata(call: Call, speech: str) -> Body:
    """The corrections behind the text of the call, each under its number."""
    parts: list[Piece] = []
    for one in call.errata.all():
        later = one.closes_at is not None
        title, why = (_("报名延期"), _("延期原因")) if later else (_("更正"), _("更正原因"))
        parts += [Head(f"{title} {one.number}"), Written(one.text.in_(speech), PLAIN)]
        parts.append(Written(f"{why}{_('：')}{one.reason}", PLAIN))
    return tuple(parts)


def publish(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Read the call as it will be issued, then issue it."""
    door = enter(request, slug)
    duty = duty_of(door, duty_id, "call")
    call = Call.objects.select_related("programme").filter(obligation=duty).first()
    form = ActForm(request.POST or None, request.FILES or None, door=door)
    refused = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: actions.publish_call(door.act_from(form), obligation=duty))
        if refused is None:
            return HttpResponseRedirect(f"/calls/{slug}/")
    charter = compiled(door.programme)
    speech = door.lang
    context = {
        "door": door,
        "duty": duty,
        "call": call,
        "chat": _chat(call, speech) if call else "",
        "chat_key": KeyForm(),
        "form": form,
        "charter_call": charter.call,
        "title": charter.call.title.in_(speech),
        "body": mark_safe(to_html(as_body(charter.call.body.in_(speech)), base_level=3)),
        "admission": charter.admission,
        "whynot": permissions.may_publish(door.act(), duty).sentence(speech),
    }
    return page(request, "intake/publish.html", context, refused=refused)
