"""Filling in, submitting and withdrawing an application."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.accounts.rules import like_key
from keti.charter.queries import compiled
from keti.charter.rules.joining import AdmissionSpec
from keti.charter.rules.numbers import receipts, usual_format
from keti.documents.models import StoredFile
from keti.duties import actions as duties
from keti.duties.actions import ask_anew, await_answers
from keti.intake import notices, permissions, queries
from keti.intake.actions.people import agreed_by_form
from keti.intake.enums import ApplicationState, TrackKind
from keti.intake.models import Application, Call
from keti.intake.rules.content import Content, chosen, fingerprint, gaps, is_open, tidy, track_of
from keti.intake.rules.words import deadline
from keti.kernel.acts import Act
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Refused, both
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger


@transaction.atomic
def save_application(
    act: Act,
    *,
    call: Call,
    content: Content,
    applicant: Person | None = None,
    base: str | None = None,
) -> Application:
    """Keep the applicant's draft, as often as they like; it counts only once submitted.

    `applicant` is given where the secretariat records a paper application. The ledger notes that a
    draft was begun, not every saving. A form that was sent already answers with what it sent.
    Refuses an unknown track, a second live application of the applicant, for whatever unit, and
    what was not written on the stored text: `base` is the fingerprint of the text the page came
    with, "" for none, and None where there was no page before.

    Taken back by: withdraw_application.
    """
    person = applicant or _applicant(act)
    hold_row(Person, person.pk)
    if sent := ledger.repeated(act, "intake.application.submitted", programme=call.programme):
        return Application.objects.get(public_id=sent.subject_id)
    permissions.may_fill_in(act, call, person).or_refuse()
    admission = _admission(call)
    track = track_of(admission, content.track)
    if track is None:
        raise Refused("intake.unknown-track")
    content = tidy(content, admission)
    draft = queries.draft_of(person, call, track.kind)
    if draft is None:
        return _begin(act, call, person, content, track.kind)
    _refuse_stale(draft, content, base)
    draft.track, draft.content = track.key, content.as_json()
    draft.chosen, draft.saved_at = chosen(content.choices), act.recorded_at
    draft.save(update_fields=["track", "content", "chosen", "saved_at"])
    return draft


def _refuse_stale(draft: Application, content: Content, base: str | None) -> None:
    """Two windows: the older one writes over nothing it has not shown."""
    stored = fingerprint(draft.content)
    if base is None or base == stored or fingerprint(content.as_json()) == stored:
        return
    raise Refused("intake.stale-draft", when=deadline(draft.saved_at, draft.programme.tz))


def _applicant(act: Act) -> Person:
    if not isinstance(act.by, Person):
        raise Refused("intake.sign-in-first")
    return act.by


def _admission(call: Call) -> AdmissionSpec:
    admission = queries.admission_of(call.programme)
    if admission is None:
        raise Refused("intake.nobody-applies")
    return admission


def _begin(act: Act, call: Call, person: Person, content: Content, kind: str) -> Application:
    live = queries.live_of(person, call, kind)
    if live is not None:
        raise Refused("intake.already-submitted", number=live.number)
    draft = Application.objects.create(
        programme=call.programme,
        call=call,
        applicant=person,
        track=content.track,
        track_kind=kind,
        content=content.as_json(),
        chosen=chosen(content.choices),
        saved_at=act.recorded_at,
    )
    ledger.record(
        act,
        "intake.application.begun",
        programme=call.programme,
        about=draft.subject(),
        facts={"track": content.track},
    )
    return draft


@transaction.atomic
def submit_application(act: Act, *, application: Application) -> Application:
    """Hand the application in. It counts from when the request was received, whatever it waited.

    At the closing instant it is refused and the draft stays as it is. Sent twice, it gives the same
    receipt. A paper that came inside the window is recorded afterwards only with its scan and is
    marked as recorded late.

    Taken back by: withdraw_application (until the window closes).
    """
    mine = _held(application)
    on_paper = act.by.public_id != mine.applicant.now.public_id
    act = act if on_paper else replace(act, happened=None)
    if ledger.repeated(act, "intake.application.submitted", programme=mine.programme):
        return mine
    permissions.may_fill_in(act, mine.call, mine.applicant).or_refuse()
    if mine.state != ApplicationState.DRAFT:
        return _same_receipt(mine)
    admission = _admission(mine.call)
    _check_window(act, mine, on_paper=on_paper)
    _check_complete(mine, admission)
    _fill_receipt(act, mine)
    ask_anew(mine.programme, "intake", mine.public_id, act.recorded_at)
    ledger.record(
        act,
        "intake.application.submitted",
        programme=mine.programme,
        about=mine.subject(),
        facts={"number": mine.number, "track": mine.track, "sha256": mine.sha256},
    )
    notices.received(act, mine)
    return mine


def _held(application: Application) -> Application:
    """It, held; then with what it belongs to, as that stands now, by one statement."""
    hold_row(Application, application.pk)
    [mine] = prepared(("intake.held",), _with_call, application.pk)
    return mine


def _with_call(key: int) -> QuerySet[Application]:
    return Application.objects.with_names().filter(pk=key)


def _same_receipt(mine: Application) -> Application:
    if mine.state == ApplicationState.WITHDRAWN:
        raise Refused("intake.was-withdrawn", number=mine.number)
    return mine


def _check_window(act: Act, mine: Application, *, on_paper: bool) -> None:
    """The moment that counts lies inside; what is typed in later needs the paper."""
    call = mine.call
    if call.opens_at is None or call.closes_at is None:
        raise Refused("intake.nobody-applies")
    moment = act.happened_at
    closes = mine.closes_at or call.closes_at
    facts: dict[str, Any] = {
        "opens": deadline(call.opens_at, mine.programme.tz),
        "closes": deadline(closes, mine.programme.tz),
        "zone": mine.programme.zone,
    }
    if moment < call.opens_at:
        raise Refused("intake.not-yet-open", **facts)
    if not is_open(call.opens_at, closes, moment):
        raise Refused("intake.paper-came-late" if on_paper else "intake.closed", **facts)


def _check_complete(mine: Application, admission: AdmissionSpec) -> None:
    unit = mine.track_kind == TrackKind.UNIT
    missing = gaps(mine.filled, admission, is_unit=unit)
    if missing:
        first = missing[0]
        words = both(first.code, title=first.title, most=first.most)
        raise Refused("intake.incomplete", count=len(missing), first=words)


def _fill_receipt(act: Act, mine: Application) -> None:
    programme, call = mine.programme, mine.call
    on_behalf = act.by.public_id != mine.applicant.now.public_id
    at = act.happened_at
    mine.unit_key = like_key(mine.filled.unit)
    langs, year = compiled(programme).langs, programme.local(at).year
    word, form = receipts(langs)[0], usual_format(langs)
    mine.number = duties.numbers_of(programme, word, year, form=form)[0]
    mine.sha256 = fingerprint(mine.content)
    mine.window_opens, mine.window_closes = call.opens_at, mine.closes_at
    mine.submitted_at, mine.recorded_at = at, act.recorded_at
    mine.on_behalf = on_behalf
    mine.evidence = act.evidence if isinstance(act.evidence, StoredFile) else None
    mine.state = ApplicationState.SUBMITTED
    mine.save()
    agreed_by_form(mine, act)


@transaction.atomic
def withdraw_application(act: Act, *, application: Application) -> Application:
    """Take the application back, received before the close; another may then be sent. Who is on
    the waiting list leaves it at any time.

    Taken back by: save_application (another is begun and submitted while the window is open).
    """
    mine = hold_row(Application, application.pk)
    repeated = ledger.repeated(act, "intake.application.withdrawn", programme=mine.programme)
    if repeated or mine.state == ApplicationState.WITHDRAWN:
        return mine
    permissions.may_withdraw(act, mine).or_refuse()
    call, waited = mine.call, mine.state == ApplicationState.RESERVE
    if not waited and call.closes_at is not None and act.recorded_at >= call.closes_at:
        raise Refused(
            "intake.withdrawal-closed",
            closes=deadline(call.closes_at, mine.programme.tz),
            zone=mine.programme.zone,
        )
    mine.state = ApplicationState.WITHDRAWN
    mine.save(update_fields=["state"])
    await_answers(mine.programme, "intake", mine.public_id, act.recorded_at)
    ledger.record(
        replace(act, happened=None),
        "intake.application.withdrawn",
        programme=mine.programme,
        about=mine.subject(),
        facts={"number": mine.number} | ({"from": "reserve"} if waited else {}),
    )
    if mine.number:
        notices.withdrawn(act, mine, waited=waited)
    return mine
