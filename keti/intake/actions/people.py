"""Who is meant by what an applicant or an office typed, and correcting what is on record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q

from keti.accounts.actions import (
    SOMEBODY_ELSE,
    Asked,
    PersonFacts,
    complete_person,
    correct_person,
    enter_organisation,
    enter_person,
    new_person,
    unite,
)
from keti.accounts.models import NamedBy, Organisation, Person, User
from keti.accounts.queries import by_mail, namesakes
from keti.accounts.rules import mail_key, name_key, plain_width
from keti.charter.queries import only_language
from keti.consents.actions import grant
from keti.consents.models import Consent
from keti.groups.actions import hold_roster
from keti.groups.models import Seat
from keti.groups.permissions import may_manage
from keti.intake import notices, queries
from keti.intake.actions.records import REACHED
from keti.intake.enums import ApplicationState, TrackKind
from keti.intake.models import Application
from keti.intake.rules.roster import is_number
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.ledger import actions as ledger
from keti.notify.actions import readdress
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever decides answered: who is meant (a public id, or `SOMEBODY_ELSE`), that the
    record is wrong, that a unit's delegate belongs to another unit."""

    who: str = ""
    correct: bool = False
    guest: bool = False


NOTHING_SAID = Said()


def enter(programme: Programme, facts: PersonFacts) -> Person:
    """The person whom this office means, as `accounts.enter_person` finds or makes them.

    Whose an address is, is said of people of this programme only: elsewhere an address would be
    asked for a name. Refuses to correct here what other programmes rest on.
    """
    facts = replace(facts, language=facts.language or only_language(programme))
    owner = by_mail(facts.mail)
    if owner is not None and facts.correct and owner.named_by == NamedBy.OFFICE:
        _refuse_bound(programme, owner, facts)
    try:
        if facts.stranger and owner is not None:
            _ask_signed(programme, owner, facts)
        return enter_person(
            facts,
            beside=_beside(programme, facts.name),
            may_add=lambda found: _ask_addressed(programme, found, facts),
        )
    except Asked as asked:
        raise _masked(programme, asked, facts) from None


ELSEWHERE = frozenset({"accounts.another-name", "accounts.another-unit"})
"""What is asked in other words of somebody not of this programme: they tell what is on record."""


def _masked(programme: Programme, asked: Asked, facts: PersonFacts) -> Asked:
    known = all(queries.is_known_in(programme, one) for one in asked.among)
    if asked.code not in ELSEWHERE or known:
        return asked
    told = {"mail": facts.mail, "typed": facts.name}
    if asked.code == "accounts.another-unit":
        told = {"who": facts.name, "typed": facts.unit.label if facts.unit else ""}
    return Asked(f"{asked.code}-elsewhere", asked.among, **told)


def _ask_addressed(programme: Programme, person: Person, facts: PersonFacts) -> None:
    """Whoever gives somebody an address can sign in as them: not where others rest on them."""
    if facts.mail and not person.mail and queries.was_elsewhere(programme, person):
        raise Asked("intake.addressed-elsewhere", [person], who=facts.name)


def _refuse_bound(programme: Programme, owner: Person, facts: PersonFacts) -> None:
    renamed = owner.name_key != name_key(facts.name)
    moved = facts.unit is not None and owner.unit_id not in (None, facts.unit.pk)
    if (renamed or moved) and queries.sits_elsewhere(programme, owner):
        raise Refused("intake.bound-elsewhere", who=facts.name)


def _ask_signed(programme: Programme, owner: Person, facts: PersonFacts) -> None:
    """The address an applicant gave for somebody is one by which another applied here."""
    sent = Application.objects.filter(programme=programme, applicant=owner)
    names = [one.filled.name for one in sent.exclude(state=ApplicationState.DRAFT)]
    others = [one for one in names if name_key(one) != name_key(facts.name)]
    if owner.named_by == NamedBy.ADDRESS and others and not facts.who:
        told = {"mail": facts.mail, "known": others[0], "typed": facts.name}
        raise Asked("accounts.another-name", [owner], **told)


def _beside(programme: Programme, name: str) -> list[Person]:
    """People of this programme who bear the name, of whatever unit."""
    key = name_key(name)
    here = Q(seats__programme=programme) | Q(delegations__programme=programme)
    found = Person.objects.select_related("unit").filter(here, name_key=key, same_as=None)
    applied = Application.objects.filter(programme=programme).exclude(state=ApplicationState.DRAFT)
    signed = [
        one.applicant.now
        for one in applied.select_related("applicant__same_as", "applicant__unit")
        if one.applicant.now.named_by == NamedBy.ADDRESS and name_key(one.filled.name) == key
    ]
    return list(dict.fromkeys([*found.distinct().order_by("pk"), *signed]))


def on_paper(programme: Programme, facts: PersonFacts, act: Act) -> Person:
    """Who signed a paper: by the address, else somebody new; who it is, the admission asks."""
    if entry := ledger.repeated(act, "intake.application.submitted", programme=programme):
        return Application.objects.get(public_id=entry.subject_id).applicant
    return enter(programme, facts) if by_mail(facts.mail) else new_person(facts)


def applicant(mine: Application, said: Said, act: Act) -> Person:
    """Who applied, from now on under the name and unit they gave, where an office gave none.

    Asks where the record says another name or unit, and where somebody else on record has the name
    and unit: the one may be the other, or two are called alike.
    """
    person, filled = mine.applicant.now, mine.filled
    unit = mine.organisation if mine.track_kind == TrackKind.PERSON else None
    wrong = _says_otherwise(person, filled.name, unit)
    others = _others(mine, person)
    chosen = next((one for one in others if one.public_id == said.who), None)
    if chosen is not None:
        return _taken_for(act, mine, person, chosen, [person, *others] if wrong else others)
    facts = PersonFacts(
        filled.name,
        mobile=filled.mobile,
        unit=None if said.guest else mine.organisation,
        is_demo=mine.programme.is_demo,
        who=person.public_id,
        correct=said.correct,
    )
    if wrong and said.who == SOMEBODY_ELSE:
        return new_person(facts)
    if wrong and not said.correct and said.who != person.public_id:
        raise _asked(mine, person, wrong, others)
    if others and not wrong and not _is_certain(person) and said.who != SOMEBODY_ELSE:
        raise Asked("accounts.who-is-meant", others, who=filled.name)
    if said.correct:
        _refuse_bound(mine.programme, person, facts)
    person = complete_person(person, facts)
    agreed_when_admitted(mine, person, act)
    return person


def _says_otherwise(person: Person, name: str, unit: Organisation | None) -> str:
    """The code of what the record of an applicant says otherwise than the form; "" for nothing."""
    if person.named_by != NamedBy.OFFICE:
        return ""
    if person.name_key != name_key(name):
        return "accounts.another-name"
    moved = unit is not None and person.unit_id not in (None, unit.pk)
    return "accounts.another-unit" if moved else ""


def _is_certain(person: Person) -> bool:
    """An office has entered this person in a unit: they are told from others of the name."""
    return person.named_by == NamedBy.OFFICE and bool(person.unit_id)


def _others(mine: Application, person: Person) -> list[Person]:
    """Who else on record may be who applied: of the name and unit, or of the name and here."""
    name = mine.filled.name
    found = [*namesakes(name, mine.organisation)] if mine.organisation else []
    beside = [one for one in _beside(mine.programme, name) if one.named_by == NamedBy.OFFICE]
    return [one for one in dict.fromkeys([*found, *beside]) if one.pk != person.pk]


def _asked(mine: Application, person: Person, code: str, others: list[Person]) -> Asked:
    unit = person.unit.label if person.unit else ""
    facts = {"mail": person.mail, "known": person.name, "typed": mine.filled.name}
    if code == "accounts.another-unit":
        facts = {"who": person.name, "known": unit, "typed": mine.filled.unit}
    return Asked(code, [person, *others], **facts)


def _taken_for(
    act: Act, mine: Application, stray: Person, chosen: Person, among: list[Person]
) -> Person:
    """Whoever applied is this person on record: they sign in by the address they applied with.

    Refuses where the record has another address: a name typed by an applicant takes nobody's
    account; an address that is wrong is first corrected knowingly. Refuses where other programmes
    know the person: an account that opens their doors as well is not opened here.
    """
    if chosen.mail and stray.mail:
        raise Asked("intake.signs-in-by-the-record", among, who=mine.filled.name)
    if stray.mail and queries.was_elsewhere(mine.programme, chosen):
        raise Asked("intake.addressed-elsewhere", among, who=mine.filled.name)
    person = unite(stray, chosen)
    mine.applicant.refresh_from_db()
    agreed_when_admitted(mine, person, act)
    return person


def delegate(mine: Application, said: Said, act: Act) -> Person:
    """The expert the unit named; the contact who applied, where it named nobody else.

    One name and one address are one person: a contact may name themselves.
    """
    filled, contact = mine.filled, mine.applicant.now
    named = filled.delegate and name_key(filled.delegate) != name_key(filled.name)
    mailed = filled.delegate_mail and mail_key(filled.delegate_mail) != contact.mail_key
    if not filled.delegate or not (named or mailed):
        return applicant(mine, said, act)
    facts = PersonFacts(
        filled.delegate,
        mail=filled.delegate_mail,
        unit=None if said.guest else mine.organisation,
        is_demo=mine.programme.is_demo,
        who=said.who,
        correct=said.correct,
        guest=True,
        stranger=True,
    )
    return enter(mine.programme, facts)


def agreed_by_form(mine: Application, act: Act) -> None:
    """The tick in the form is the consent of who sent it, once it is certain who that is: it is
    not, where the record has another name under the address."""
    person = mine.applicant.now
    if mine.filled.consent and not _says_otherwise(person, mine.filled.name, None):
        _grant(act, mine, person)


def agreed_when_admitted(mine: Application, person: Person, act: Act) -> None:
    """Whoever applied turned out to be this person: the tick is theirs, unless taken back since."""
    rows = Consent.objects.filter(programme=mine.programme, person__in=[mine.applicant, person])
    newest = rows.order_by("pk").last()
    if mine.filled.consent and (newest is None or newest.withdrawn_at is None):
        own = mine.evidence is None
        _grant(replace(act, by=person if own else act.by, evidence=mine.evidence), mine, person)


def _grant(act: Act, mine: Application, person: Person) -> None:
    wording = sentence("intake.consent-wording", {"programme": mine.programme.title}, "zh-hans")
    at = mine.submitted_at
    grant(act, programme=mine.programme, person=person, wording=wording, given_at=at)


@transaction.atomic
def correct_record(
    act: Act, *, programme: Programme, person: Person, changes: Mapping[str, str]
) -> Person:
    """Put right what is on record of somebody seated here: name, unit, mail, mobile, language.

    Only the secretariat. Refuses what other programmes rest on, the address of an account (its
    owner changes it), a delegate's unit outside the unit they act for, an empty name, what is no
    address and the address of somebody else. Letters that have not gone follow address and
    language; the address that was on record is written to.

    Taken back by: correct_record (corrected again).
    """
    hold_roster(programme)
    if ledger.repeated(act, "intake.person.corrected", programme=programme):
        return Person.objects.get(pk=person.pk)
    may_manage(act, programme).or_refuse()
    person = Person.objects.select_related("unit").get(pk=person.pk)
    if not Seat.objects.filter(programme=programme).of(person).exists():
        raise Refused("intake.not-seated-here", who=person.label)
    wanted = _differing(programme, person, changes)
    if not wanted:
        raise Refused("intake.nothing-to-correct")
    _may_correct(programme, person, wanted)
    if "mail" in wanted:
        notices.readdressed(act, programme, person)
    before = {"name": person.name, "unit": person.unit.label if person.unit else ""}
    person = correct_person(person, wanted)
    readdress(person, programme=programme, at=act.recorded_at)
    after = {"name": person.name, "unit": person.unit.label if person.unit else ""}
    told = {name: [before[name], after[name]] for name in before if name in wanted}
    ledger.record(
        act,
        "intake.person.corrected",
        programme=programme,
        about=person.subject(),
        facts={"columns": sorted(wanted), **told},
    )
    return person


def _differing(
    programme: Programme, person: Person, changes: Mapping[str, str]
) -> dict[str, object]:
    """What is to be changed, and into what: the unit as a row."""
    wanted: dict[str, object] = {}
    for name, text in changes.items():
        text = plain_width(text.strip()) if name == "mobile" else text.strip()
        before = (person.unit.name_zh if person.unit else "") if name == "unit" else None
        if text == (getattr(person, name) if before is None else before):
            continue
        wanted[name] = text
        if name == "unit":
            is_demo = programme.is_demo
            wanted[name] = enter_organisation(text, is_demo=is_demo) if text else None
    return wanted


BOUND = frozenset({"name", "name_en", "unit", "mail", "mobile"})


def _is_fit(person: Person, wanted: Mapping[str, object]) -> None:
    """An address is nobody else's, a number is one."""
    if by_mail(str(wanted.get("mail", ""))) not in (None, person):
        raise Refused("intake.mail-is-taken", mail=wanted["mail"]).at("mail")
    if wanted.get("mobile") and not is_number(str(wanted["mobile"])):
        raise Refused("intake.roster-bad-mobile").at("mobile")


def _refuse_for_others(programme: Programme, person: Person, wanted: Mapping[str, object]) -> None:
    """What other programmes rest on; after a seat there has ended, still what the person is reached
    by. An address that is wanting, too: whoever has it signs in there as well."""
    filled = {name for name in wanted if getattr(person, name)}
    binds = BOUND if queries.sits_elsewhere(programme, person) else REACHED
    if filled & binds:
        raise Refused("intake.bound-elsewhere", who=person.label)
    if "mail" in wanted:
        raise Refused("intake.addressed-elsewhere", who=person.label).at("mail")


def _may_correct(programme: Programme, person: Person, wanted: Mapping[str, object]) -> None:
    if queries.was_elsewhere(programme, person):
        _refuse_for_others(programme, person, wanted)
    _is_fit(person, wanted)
    if "mail" in wanted and (person.may_found or User.objects.filter(person=person).exists()):
        raise Refused("intake.signs-in-by-it", who=person.label).at("mail")
    unit = wanted.get("unit")
    acted = Seat.objects.filter(delegate=person, ends_at=None).select_related("organisation")
    for seat in acted if "unit" in wanted else ():
        above = unit if isinstance(unit, Organisation) else None
        while above is not None and above.pk != seat.organisation_id:
            above = above.affiliated_with
        if above is None:
            raise Refused("intake.acts-for-a-unit", who=person.label, unit=seat.holder).at("unit")
