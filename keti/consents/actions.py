"""Consents are given, recorded from paper, and withdrawn. No line of the record names anybody."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from keti.accounts.models import Person
from keti.accounts.queries import rows_of
from keti.consents import notices, permissions, queries
from keti.consents.enums import Purpose
from keti.consents.models import NOBODY_NAMED, Consent, version_of
from keti.documents.models import StoredFile
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

Followed = Callable[[Programme, Act], None]
_following: list[Followed] = []


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Somebody or something as the record calls it without a name: the opaque id stays."""

    public_id: str
    label: str


def after_withdrawal(do: Followed) -> None:
    """A room that prints names says here what it does once a consent is withdrawn."""
    if do not in _following:
        _following.append(do)


@transaction.atomic
def give_consent(
    act: Act,
    *,
    programme: Programme,
    person: Person,
    purpose: Purpose = Purpose.ROLL,
    lang: str = "zh-hans",
) -> Consent:
    """The person agrees to the text in force, or the secretariat records what they signed, with the
    paper. A standing consent is kept as it is. Refuses whoever holds no seat here, and consent for
    another without the paper.

    Taken back by: withdraw_consent (at once, for whatever is printed from then on).
    """
    person = hold_row(Person, person.same_as_id or person.pk)
    if entry := ledger.repeated(act, "consents.consent.given", programme=programme):
        return Consent.objects.get(public_id=entry.subject_id)
    permissions.may_answer(act, programme, person).or_refuse()
    own = permissions.is_own(act, person)
    if not queries.is_asked(person, programme):
        if own:
            raise Refused("consents.not-asked", programme=programme.title)
        raise Refused("consents.not-of-this-programme", who=person.label)
    words = queries.wording(programme, purpose).in_(lang)
    consent = grant(act, programme=programme, person=person, purpose=purpose, wording=words)
    ledger.record(
        unnamed(act, own=own),
        "consents.consent.given",
        programme=programme,
        about=consent.subject(),
        facts=_facts(consent, own=own),
    )
    if not own:
        notices.recorded(act, consent)
    return consent


@transaction.atomic
def grant(
    act: Act,
    *,
    programme: Programme,
    person: Person,
    wording: str,
    purpose: Purpose = Purpose.ROLL,
    given_at: datetime | None = None,
) -> Consent:
    """Write that the person agrees; a standing consent to the same is kept as it is.

    Called by the act in which it was given (an application, a roster), which records it: by the
    person, or by somebody else with the evidence.
    """
    found = queries.standing(programme, purpose).filter(person__in=rows_of(person)).first()
    if found is not None:
        return found
    evidence = act.evidence if isinstance(act.evidence, StoredFile) else None
    return Consent.objects.create(
        programme=programme,
        person=person,
        purpose=purpose,
        recipient=shortened(queries.recipient(programme).in_("zh-hans"), 240),
        wording=wording,
        wording_hash=version_of(wording),
        given_by=act.by if isinstance(act.by, Person) else None,
        evidence=None if permissions.is_own(act, person) else evidence,
        given_at=given_at or act.happened_at,
        recorded_at=act.recorded_at,
    )


@transaction.atomic
def withdraw_consent(
    act: Act, *, programme: Programme, person: Person, purpose: Purpose = Purpose.ROLL
) -> Consent:
    """The person takes the consent back, or the secretariat records their letter. It counts at
    once, whatever day the letter bears; whatever prints names asks again. Who agreed on two records
    that were made one takes back both. Refuses where none stands, a day before it was given, and
    recording without the letter.

    Taken back by: give_consent (it counts from the new day).
    """
    person = hold_row(Person, person.same_as_id or person.pk)
    if entry := ledger.repeated(act, "consents.consent.withdrawn", programme=programme):
        return Consent.objects.get(public_id=entry.subject_id)
    permissions.may_answer(act, programme, person).or_refuse()
    standing = queries.standing(programme, purpose).filter(person__in=rows_of(person))
    rows = list(hold(standing.order_by("pk")))
    if not rows:
        raise Refused("consents.nothing-to-withdraw", who=person.label)
    if act.happened_at < (given := max(one.given_at for one in rows)):
        at = programme.local(given).strftime("%Y-%m-%d %H:%M")
        raise Refused("consents.withdrawn-before-given", at=at)
    own = permissions.is_own(act, person)
    for one in rows:
        _withdrawn(act, one)
    found = rows[-1]
    for follow in _following:
        follow(programme, act)
    ledger.record(
        unnamed(act, own=own),
        "consents.consent.withdrawn",
        programme=programme,
        about=found.subject(),
        facts=_facts(found, own=own),
    )
    notices.withdrawn(act, found)
    return found


def _withdrawn(act: Act, consent: Consent) -> None:
    consent.withdrawn_at, consent.withdrawal_recorded_at = act.happened_at, act.recorded_at
    consent.withdrawn_by = act.by if isinstance(act.by, Person) else None
    consent.withdrawal_evidence = act.evidence if isinstance(act.evidence, StoredFile) else None
    changed = ["withdrawn_at", "withdrawal_recorded_at", "withdrawn_by", "withdrawal_evidence"]
    consent.save(update_fields=changed)


def tell_recorded(act: Act, consent: Consent) -> None:
    """Whoever agreed on paper is told that it was recorded: they may take it back."""
    notices.recorded(act, consent)


def unnamed(act: Act, *, own: bool) -> Act:
    """The act without the person's name, seat or file name: what was agreed can be taken back."""
    if own:
        act = replace(act, by=Unnamed(act.by.public_id, NOBODY_NAMED.zh), seat=None)
    if act.evidence is not None:
        act = replace(act, evidence=Unnamed(act.evidence.public_id, "书面材料"))
    return act


def _facts(consent: Consent, *, own: bool) -> dict[str, object]:
    return {"purpose": consent.purpose, "text": consent.wording_hash, "own": own}
