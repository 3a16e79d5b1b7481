"""Gatherings arranged, moved, called off, announced, concluded; their parts, guests, signers."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction

from keti.accounts.models import Person
from keti.consents.actions import grant, tell_recorded, unnamed
from keti.consents.enums import Purpose
from keti.consents.queries import wording
from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.gatherings import permissions, queries
from keti.gatherings.enums import Reply, State
from keti.gatherings.models import Gathering, Invitee, Signer, Slot
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.promises.actions import Exhibited, exhibit
from keti.promises.enums import Nature

ARRANGED = "gatherings.gathering.arranged"
MOVED = "gatherings.gathering.moved"
CALLED_OFF = "gatherings.gathering.called-off"
ANNOUNCED = "gatherings.gathering.announced"
CONCLUDED = "gatherings.gathering.concluded"
ADDED = "gatherings.slot.added"
DROPPED = "gatherings.slot.dropped"
AGREED = "gatherings.speaker.agreed"
INVITED = "gatherings.guest.invited"
REPLIED = "gatherings.guest.replied"
LISTED = "gatherings.signer.listed"
SIGNED = "gatherings.signer.signed"
MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Arranged:
    """What somebody enters of a gathering."""

    kind: str
    title_zh: str
    place: str
    begins_at: datetime
    ends_at: datetime
    title_en: str = ""
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody enters of one part of the programme."""

    begins_at: datetime
    minutes: int
    title_zh: str
    title_en: str = ""
    speaker: Person | None = None
    cue: str = ""
    minder: str = ""
    shown: bool = True


@transaction.atomic
def arrange(act: Act, *, programme: Programme, what: Arranged) -> Gathering:
    """Begin to prepare a gathering. Refuses an end before the beginning, a promise the charter does
    not make, and everybody but the secretariat.

    Taken back by: call_off (with a reason).
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, ARRANGED, programme=programme):
        return Gathering.objects.get(public_id=entry.subject_id)
    permissions.may_arrange(act, programme).or_refuse()
    if what.ends_at <= what.begins_at:
        raise Refused("gatherings.ends-first").at("ends_at")
    if what.promise and what.promise not in queries.promises(programme):
        raise Refused("gatherings.no-such-promise").at("promise")
    made = Gathering.objects.create(programme=programme, at=act.recorded_at, **asdict(what))
    ledger.record(act, ARRANGED, programme=programme, about=made.subject(), facts=asdict(what))
    return made


def _held(gathering: Gathering) -> Gathering:
    """The gathering under lock, after its programme."""
    programme = hold_row(Programme, gathering.programme_id)
    found = hold_row(Gathering, gathering.pk)
    found.programme = programme
    return found


def _still_planned(act: Act, gathering: Gathering) -> None:
    permissions.may_arrange(act, gathering.programme).or_refuse()
    if gathering.state != State.PLANNED:
        raise Refused("gatherings.over", title=gathering.title)


@transaction.atomic
def move(
    act: Act, *, gathering: Gathering, begins_at: datetime, place: str, reason: str
) -> Gathering:
    """Hold it at another time or place, with a reason: its parts move along.

    Refuses what is over, no reason, no place, and everybody but the secretariat.

    Taken back by: move (back again).
    """
    found = _held(gathering)
    programme = found.programme
    if ledger.repeated(act, MOVED, programme=programme):
        return found
    _still_planned(act, found)
    if not reason.strip():
        raise Refused("duties.give-a-reason").at("reason")
    by = begins_at - found.begins_at
    found.begins_at, found.ends_at = begins_at, found.ends_at + by
    found.place, found.reason = place, reason.strip()
    found.save(update_fields=["begins_at", "ends_at", "place", "reason"])
    for slot in queries.slots(found):
        slot.begins_at += by
        slot.save(update_fields=["begins_at"])
    facts = {"begins": begins_at, "place": place, "reason": found.reason}
    ledger.record(act, MOVED, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def call_off(act: Act, *, gathering: Gathering, reason: str) -> Gathering:
    """It does not take place; who reads of it in public reads that, and why.

    Refuses what is over, no reason, and everybody but the secretariat.

    Taken back by: arrange (another).
    """
    found = _held(gathering)
    programme = found.programme
    if ledger.repeated(act, CALLED_OFF, programme=programme):
        return found
    _still_planned(act, found)
    if not reason.strip():
        raise Refused("duties.give-a-reason").at("reason")
    found.state, found.reason, found.ended_at = State.CALLED_OFF, reason.strip(), act.recorded_at
    found.save(update_fields=["state", "reason", "ended_at"])
    facts = {"reason": found.reason}
    ledger.record(act, CALLED_OFF, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def announce(act: Act, *, gathering: Gathering) -> Gathering:
    """Let everybody read when and where it is, the parts that are shown, and who speaks, where they
    agreed. Refuses what is over or announced, and everybody but the secretariat.

    Taken back by: call_off (the page then says so).
    """
    found = _held(gathering)
    programme = found.programme
    if ledger.repeated(act, ANNOUNCED, programme=programme):
        return found
    _still_planned(act, found)
    if found.announced_at is not None:
        raise Refused("gatherings.announced-already")
    found.announced_at = act.recorded_at
    found.save(update_fields=["announced_at"])
    ledger.record(act, ANNOUNCED, programme=programme, about=found.subject())
    return found


@transaction.atomic
def conclude(
    act: Act, *, gathering: Gathering, present: int, link: str = "", file: StoredFile | None = None
) -> Gathering:
    """It took place, so many came. Where it carries out a promise of the charter, what is handed
    over with it shows that.

    Refuses before it begins, what is over, and everybody but the secretariat.

    Taken back by: nothing, because it took place; what is shown for the promise is withdrawn there.
    """
    found = _held(gathering)
    programme = found.programme
    if ledger.repeated(act, CONCLUDED, programme=programme):
        return found
    _still_planned(act, found)
    if act.happened_at < found.begins_at:
        raise Refused("gatherings.not-begun")
    found.state, found.present, found.ended_at = State.HELD, present, act.recorded_at
    found.save(update_fields=["state", "present", "ended_at"])
    duty = Obligation.objects.filter(
        programme=programme, kind=found.promise, form="promise"
    ).order_by("due").first()  # fmt: skip
    if duty is not None and (link or file):
        day = programme.local(found.begins_at).date()
        shown = Exhibited(Nature.ITEM, found.label, day, link=link)
        exhibit(act, obligation=duty, what=shown, file=file)
    facts = {"present": present, "link": link, "file": file.sha256 if file else ""}
    ledger.record(act, CONCLUDED, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def add_slot(act: Act, *, gathering: Gathering, what: Part) -> Slot:
    """Put a part into the programme. Refuses one outside the time of the gathering, none or more
    than a day of minutes, what is over, and everybody but the secretariat.

    Taken back by: drop_slot.
    """
    found = _held(gathering)
    programme = found.programme
    if entry := ledger.repeated(act, ADDED, programme=programme):
        return Slot.objects.get(public_id=entry.subject_id)
    _still_planned(act, found)
    if not 1 <= what.minutes <= MOST_MINUTES:
        raise Refused("gatherings.minutes").at("minutes")
    ends = what.begins_at + timedelta(minutes=what.minutes)
    if what.begins_at < found.begins_at or ends > found.ends_at:
        raise Refused("gatherings.outside").at("begins_at")
    said = {name: getattr(what, name) for name in Part.__slots__}
    made = Slot.objects.create(programme=programme, gathering=found, **said)
    facts = {"begins": what.begins_at, "minutes": what.minutes, "title": what.title_zh}
    ledger.record(act, ADDED, programme=programme, about=made.subject(), facts=facts)
    return made


@transaction.atomic
def drop_slot(act: Act, *, slot: Slot) -> Slot:
    """Take a part out of the programme. Refuses what is over, one dropped before, and everybody but
    the secretariat.

    Taken back by: add_slot.
    """
    gathering = _held(slot.gathering)
    found = hold_row(Slot, slot.pk)
    found.gathering = gathering
    programme = gathering.programme
    if ledger.repeated(act, DROPPED, programme=programme):
        return found
    _still_planned(act, gathering)
    if found.dropped_at is not None:
        raise Refused("gatherings.dropped-already")
    found.dropped_at = act.recorded_at
    found.save(update_fields=["dropped_at"])
    ledger.record(act, DROPPED, programme=programme, about=found.subject())
    return found


@transaction.atomic
def agree_on_paper(act: Act, *, slot: Slot) -> Slot:
    """The secretariat records that a speaker agreed on paper to be named in the programme; who has
    an account says so themselves (`consents.give_consent`). No line names the speaker or the file.

    Refuses without the paper, a part nobody speaks in, and everybody but the secretariat.

    Taken back by: consents.withdraw_consent.
    """
    programme = hold_row(Programme, slot.programme_id)
    who = slot.speaker.now if slot.speaker else None
    if who is not None:
        hold_row(Person, who.pk)
    if ledger.repeated(act, AGREED, programme=programme):
        return slot
    permissions.may_arrange(act, programme).or_refuse()
    if who is None:
        raise Refused("gatherings.nobody-speaks")
    if act.evidence is None:
        raise Refused("consents.paper-needed").at("evidence")
    words = wording(programme, Purpose.SPEECH).in_("zh-hans")
    given = grant(act, programme=programme, person=who, wording=words, purpose=Purpose.SPEECH)
    ledger.record(unnamed(act, own=False), AGREED, programme=programme, about=slot.subject())
    if given.evidence_id is not None:
        tell_recorded(act, given)
    return slot


@transaction.atomic
def invite(
    act: Act, *, gathering: Gathering, name: str, unit: str = "", office: str = "", place: str = ""
) -> Invitee:
    """Put somebody on the list of guests. The line tells that, and no name.

    Refuses somebody who is on it, what is over, and everybody but the secretariat.

    Taken back by: note_reply (that they do not come).
    """
    found = _held(gathering)
    programme = found.programme
    if entry := ledger.repeated(act, INVITED, programme=programme):
        return Invitee.objects.get(public_id=entry.subject_id)
    _still_planned(act, found)
    if not name.strip():
        raise Refused("gatherings.name").at("name")
    if Invitee.objects.filter(gathering=found, name=name, unit=unit).exists():
        raise Refused("gatherings.invited-already").at("name")
    made = Invitee.objects.create(
        programme=programme, gathering=found, name=name, unit=unit, office=office, place=place,
        at=act.recorded_at,
    )  # fmt: skip
    ledger.record(act, INVITED, programme=programme, about=made.subject())
    return made


@transaction.atomic
def note_reply(act: Act, *, invitee: Invitee, reply: str) -> Invitee:
    """Note whether a guest comes, or came. Refuses everybody but the secretariat, a reply that is
    none, and that somebody came before it began.

    Taken back by: note_reply (otherwise).
    """
    gathering = _held(invitee.gathering)
    found = hold_row(Invitee, invitee.pk)
    found.gathering = gathering
    programme = gathering.programme
    if ledger.repeated(act, REPLIED, programme=programme):
        return found
    permissions.may_arrange(act, programme).or_refuse()
    if reply not in Reply.values:
        raise Refused("gatherings.no-reply").at("reply")
    if reply == Reply.CAME and act.recorded_at < gathering.begins_at:
        raise Refused("gatherings.not-begun").at("reply")
    found.reply = reply
    found.save(update_fields=["reply"])
    facts = {"reply": reply}
    ledger.record(act, REPLIED, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def list_signer(
    act: Act, *, gathering: Gathering, paper: str, party: str, signatory: str = "", copies: int = 1
) -> Signer:
    """Put a party on the list of who signs which paper, with the copies it gets.

    Refuses one that is on it, no paper or party, no copy, what is over, and everybody but the
    secretariat.

    Taken back by: call_off (who does not sign stays listed as not having signed).
    """
    found = _held(gathering)
    programme = found.programme
    if entry := ledger.repeated(act, LISTED, programme=programme):
        return Signer.objects.get(public_id=entry.subject_id)
    _still_planned(act, found)
    if not paper.strip() or not party.strip() or copies < 1:
        raise Refused("gatherings.who-signs").at("party")
    if Signer.objects.filter(gathering=found, paper=paper, party=party).exists():
        raise Refused("gatherings.listed-already").at("party")
    made = Signer.objects.create(
        programme=programme, gathering=found, paper=paper, party=party, signatory=signatory,
        copies=copies,
    )  # fmt: skip
    facts = {"paper": paper, "party": party, "copies": copies}
    ledger.record(act, LISTED, programme=programme, about=made.subject(), facts=facts)
    return made


@transaction.atomic
def note_signed(act: Act, *, signer: Signer, handed: int, file: StoredFile | None = None) -> Signer:
    """Note that a party signed and how many copies it took with it, with the signed paper.

    Refuses before the gathering began, one that signed, more copies than it gets, and everybody
    but the secretariat.

    Taken back by: nothing, because a signature stands on the paper.
    """
    gathering = _held(signer.gathering)
    found = hold_row(Signer, signer.pk)
    found.gathering = gathering
    programme = gathering.programme
    if ledger.repeated(act, SIGNED, programme=programme):
        return found
    permissions.may_arrange(act, programme).or_refuse()
    if gathering.state == State.CALLED_OFF or act.happened_at < gathering.begins_at:
        raise Refused("gatherings.not-begun")
    if found.signed_at is not None:
        raise Refused("gatherings.signed-already")
    if not 0 <= handed <= found.copies:
        raise Refused("gatherings.copies", copies=found.copies).at("handed")
    found.signed_at, found.handed, found.file = act.happened_at, handed, file
    found.save(update_fields=["signed_at", "handed", "file"])
    facts = {"handed": handed, "file": file.sha256 if file else ""}
    ledger.record(act, SIGNED, programme=programme, about=found.subject(), facts=facts)
    return found
