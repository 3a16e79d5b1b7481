"""A letter to a list is drafted, issued with a number for every piece, dropped; how far it reached
is shown to everybody, or no longer."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max

from keti.charter.queries import compiled
from keti.duties import actions as duties
from keti.groups.permissions import principal
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.letters import notices, permissions, queries
from keti.letters.enums import Channel, ListState, MailingState, PassageKind
from keti.letters.models import Listed, Mailing, MailPiece, Passage, RecipientList
from keti.letters.rules import merging
from keti.programmes.models import Programme

SAVED = "letters.mailing.saved"
ISSUED = "letters.mailing.issued"
DROPPED = "letters.mailing.dropped"
SHOWN = "letters.reach.shown"
HIDDEN = "letters.reach.hidden"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a letter says: its template, whom it is copied to, who signs and who prints it; the
    series it is numbered in, the channel its pieces take."""

    title: str
    body: str
    channel: str = Channel.POST
    series: str = ""
    copies: str = ""
    signer: str = ""
    printer: str = ""


@transaction.atomic
def save_mailing(
    act: Act, *, recipients: RecipientList, wording: Wording, mailing: Mailing | None = None
) -> Mailing:
    """Draft a letter to a list, or change the draft. It goes out in the name of the party that the
    charter lets issue papers.

    Refuses who is not the secretariat, no title or text, a merge field nobody knows, a channel
    nobody knows, and a letter that is a draft no more.

    Taken back by: drop_mailing.
    """
    programme = recipients.programme
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, SAVED, programme=programme):
        return Mailing.objects.get(public_id=entry.subject_id)
    permissions.may_keep(act, programme).or_refuse()
    _fitting(wording)
    found = _draft(mailing) if mailing is not None else _begun(act, programme)
    found.list = recipients
    for name, value in asdict(wording).items():
        setattr(found, name, value.strip() if name == "body" else one_line(value).strip())
    found.issuer = str(compiled(programme).issuer().name)
    found.save()
    facts = {"list": recipients.label, "title": found.title, "body": _hash(found.body)}
    ledger.record(act, SAVED, programme=programme, about=found.subject(), facts=facts)
    return found


def _begun(act: Act, programme: Programme) -> Mailing:
    last = Mailing.objects.filter(programme=programme).aggregate(n=Max("ordinal"))["n"] or 0
    return Mailing(programme=programme, ordinal=last + 1, drafted_at=act.recorded_at)


def _draft(mailing: Mailing) -> Mailing:
    """The letter as it stands now. Refuses one that is a draft no more."""
    found = Mailing.objects.select_related("programme", "list").get(pk=mailing.pk)
    if found.state != MailingState.DRAFT:
        raise Refused("letters.no-draft")
    return found


def _fitting(wording: Wording) -> None:
    if not wording.title.strip():
        raise Refused("letters.title-needed").at("title")
    if not wording.body.strip():
        raise Refused("letters.body-needed").at("body")
    if wording.channel not in Channel.values:
        raise Refused("letters.channel-unknown").at("channel")
    for name in ("title", "body"):
        for word in merging.misfits(getattr(wording, name)):
            raise Refused("letters.field-unknown", word=word, fields=_fields()).at(name)


def _fields() -> Text:
    """The merge fields as they are written."""
    zh, en = ([f"{{{words[at]}}}" for words in merging.FIELDS.values()] for at in (0, 1))
    return Text("、".join(zh), ", ".join(en))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def issue_mailing(act: Act, *, mailing: Mailing) -> Mailing:
    """Issue a letter: every office of the approved list gets a piece with the next number of the
    series, a code, and the words of its envelope as they were approved. Where it goes by mail, an
    office with a mailbox is written to at once, and its piece counts as sent; the others get it
    by post.

    Refuses who may not issue, a letter that is no draft, and a list that is not approved.

    Taken back by: nothing, because what went out stays said; a later letter corrects it.
    """
    programme = mailing.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, ISSUED, programme=programme):
        return mailing
    permissions.may_issue(act, programme).or_refuse()
    found = _draft(mailing)
    if found.list.state != ListState.APPROVED:
        raise Refused("letters.list-not-approved", list=found.list.label)
    if "report" in merging.fields_in(found.body) and not queries.report_address(programme):
        raise Refused("letters.no-report-yet")
    lines = list(found.list.lines.select_related("office"))
    found.state, found.issued_at = MailingState.ISSUED, act.happened_at
    found.day = programme.local(act.happened_at).date()
    found.issued_by, found.size = principal(act, programme), len(lines)
    found.sha256 = _said(found)
    found.save()
    pieces = _pieces(found, lines)
    sent = _mailed(act, found, pieces)
    facts = {
        "list": found.list.label, "pieces": len(pieces), "mailed": sent, "sha256": found.sha256,
        "numbers": [pieces[0].number, pieces[-1].number],
    }  # fmt: skip
    ledger.record(act, ISSUED, programme=programme, about=found.subject(), facts=facts)
    notices.mailed(act, found, [one for one in pieces if one.channel == Channel.MAIL])
    return found


def _said(mailing: Mailing) -> str:
    """The hash of all that a letter says, and of the list it goes to."""
    names = ("title", "body", "series", "channel", "issuer", "copies", "signer", "printer")
    told = {name: str(getattr(mailing, name)) for name in names}
    return _hash(json.dumps(told | {"list": mailing.list.sha256}, ensure_ascii=False))


def _pieces(mailing: Mailing, lines: list[Listed]) -> list[MailPiece]:
    programme = mailing.programme
    assert mailing.day is not None
    numbers = duties.numbers_of(programme, mailing.series, mailing.day.year, count=len(lines))
    made = [
        MailPiece(
            programme=programme, mailing=mailing, office=line.office, serial=serial, number=number,
            code=merging.code_of(mailing.ordinal, serial),
            channel=_channel(mailing, line), kind=line.office.kind, division=line.office.division,
            name=line.name, addressee=line.addressee, address=line.address,
            postcode=line.postcode, mail=line.mail,
        )
        for serial, (line, number) in enumerate(zip(lines, numbers, strict=True), start=1)
    ]  # fmt: skip
    return MailPiece.objects.bulk_create(made, batch_size=500)


def _channel(mailing: Mailing, line: Listed) -> str:
    by_mail = mailing.channel == Channel.MAIL
    return Channel.POST if by_mail and not line.mail else mailing.channel


def _mailed(act: Act, mailing: Mailing, pieces: list[MailPiece]) -> int:
    """What goes by mail has been sent when the letter was issued."""
    seat = principal(act, mailing.programme)
    going = [one for one in pieces if one.channel == Channel.MAIL]
    Passage.objects.bulk_create(
        Passage(
            piece=one, kind=PassageKind.SENT, happened_at=act.happened_at,
            recorded_at=act.recorded_at, seat=seat, by_label=act.by.label,
        )
        for one in going
    )  # fmt: skip
    return len(going)


@transaction.atomic
def drop_mailing(act: Act, *, mailing: Mailing, reason: str) -> Mailing:
    """A draft goes out to nobody, with a reason.

    Refuses who is not the secretariat, no reason, and what is a draft no more.

    Taken back by: save_mailing (drafted anew).
    """
    programme = mailing.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, DROPPED, programme=programme):
        return mailing
    permissions.may_keep(act, programme).or_refuse()
    if not reason.strip():
        raise Refused("letters.reason-needed").at("reason")
    found = _draft(mailing)
    found.state, found.reason = MailingState.DROPPED, reason.strip()
    found.save(update_fields=["state", "reason"])
    facts = {"reason": found.reason}
    ledger.record(act, DROPPED, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def show_reach(act: Act, *, mailing: Mailing) -> Mailing:
    """Everybody may read how far a letter reached: counts by division, no office, no address.

    Refuses who may not issue, a letter that was not issued, and what is shown already.

    Taken back by: hide_reach.
    """
    programme = mailing.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, SHOWN, programme=programme):
        return mailing
    permissions.may_issue(act, programme).or_refuse()
    found = Mailing.objects.select_related("programme").get(pk=mailing.pk)
    if found.state != MailingState.ISSUED or found.shown_at is not None:
        raise Refused("letters.reach-not-now")
    found.shown_at = act.recorded_at
    found.save(update_fields=["shown_at"])
    ledger.record(act, SHOWN, programme=programme, about=found.subject())
    return found


@transaction.atomic
def hide_reach(act: Act, *, mailing: Mailing) -> Mailing:
    """How far a letter reached is read by who keeps letters alone.

    Refuses who may not issue, and what is not shown.

    Taken back by: show_reach.
    """
    programme = mailing.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, HIDDEN, programme=programme):
        return mailing
    permissions.may_issue(act, programme).or_refuse()
    found = Mailing.objects.select_related("programme").get(pk=mailing.pk)
    if found.shown_at is None:
        raise Refused("letters.reach-not-now")
    found.shown_at = None
    found.save(update_fields=["shown_at"])
    ledger.record(act, HIDDEN, programme=programme, about=found.subject())
    return found
