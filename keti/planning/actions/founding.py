"""Founding a programme from its charter: the file becomes groups, seats, obligations and gates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from keti.accounts.actions import (
    PersonFacts,
    enter_organisation,
    enter_person,
    open_account,
    vouch_for,
)
from keti.accounts.models import Organisation, Person, User
from keti.accounts.queries import has_founder
from keti.charter import actions as charters
from keti.charter.actions import CharterFile
from keti.charter.models import CharterVersion
from keti.charter.rules.compiled import Compiled, RoleSpec
from keti.documents.actions import Upload, keep_upload
from keti.duties import actions as duties
from keti.groups import actions as groups
from keti.groups.actions import CHARTER, Place
from keti.groups.models import Group, Role, Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.planning.actions.preparing import checked
from keti.planning.rules.anew import Birth, born
from keti.planning.rules.reality import term
from keti.planning.rules.rolling import coming
from keti.programmes.models import Programme
from keti.review.actions import declare_gates


@dataclass(frozen=True, slots=True)
class Founding:
    """What is needed to found a programme: its charter and its address on the site.

    `notice` is the original that the charter implements, if it is at hand.
    """

    file: CharterFile
    slug: str
    is_demo: bool = False
    notice: Upload | None = None


def found_programme(act: Act, *, founder: Person, founding: Founding) -> Programme:
    """Found a programme: its charter is judged, then one transaction, one ledger line.

    The founder becomes the delegate of the unit that the charter names for the secretariat.
    Refuses a charter with errors, a taken name, anybody not registered as a founder, and founding
    in another's name.

    Taken back by: propose_amendment (whatever the charter says is changed by amendment).
    """
    if not founder.may_found or act.by.public_id != founder.public_id:
        raise Refused("planning.not-a-founder")
    return _standing(act, founding) or _founded(act, founder, founding, checked(founding.file)[0])


def _standing(act: Act, founding: Founding) -> Programme | None:
    """What this very act has founded already; refuses an address that is another's."""
    standing = Programme.objects.filter(slug=founding.slug).first()
    if standing and not ledger.repeated(act, "planning.charter.applied", programme=standing):
        raise Refused("planning.slug-taken", slug=founding.slug)
    return standing


@transaction.atomic
def _founded(act: Act, founder: Person, founding: Founding, compiled: Compiled) -> Programme:
    """All rows of a programme, in one transaction: the charter was read and judged before it."""
    if (standing := _standing(act, founding)) is not None:
        return standing
    compiled = _reaching(compiled, act.recorded_at)
    programme = _programme(compiled, founding, act.recorded_at)
    version = charters.store_version(
        act, programme=programme, file=founding.file, sha256=compiled.sha256
    )
    scan = _scanned(act, programme, version, founding.notice)
    groups.declare(programme, compiled.groups, compiled.roles)
    _seat_the_parties(act, programme, compiled, founder)
    groups.follow_offices(act, programme, charter=compiled, after=CHARTER)
    birth = born(compiled, act.recorded_at)
    owed = duties.found_duties(programme, birth.charter.obligations)
    declare_gates(programme, compiled.gates)
    duties.seat_the_duties(programme, act.recorded_at)
    ledger.record(
        act,
        "planning.charter.applied",
        programme=programme,
        about=programme.subject(),
        facts={
            "version": version.number,
            "sha256": compiled.sha256,
            "obligations": owed,
            **scan,
            **_late(birth),
        },
    )
    return programme


def _reaching(compiled: Compiled, at: datetime) -> Compiled:
    """With what recurs without an end as far as the horizon reaches on the day of the founding."""
    more = tuple(coming(compiled, at, ()))
    return replace(compiled, obligations=(*compiled.obligations, *more)) if more else compiled


def _late(birth: Birth) -> dict[str, list[str]]:
    """What was past at the founding, as facts of it; nothing where nothing was."""
    found = {"dropped": birth.dropped, "anew": birth.anew}
    return {name: [one.key for one in specs] for name, specs in found.items() if specs}


def _scanned(
    act: Act, programme: Programme, version: CharterVersion, notice: Upload | None
) -> dict[str, str]:
    """The original of the notice beside the first version, as a fact of the founding."""
    if notice is None:
        return {}
    file = keep_upload(act, programme=programme, name=notice.name, data=notice.data, reserved=True)
    charters.set_notice(act, version=version, file=file)
    return {"notice": file.sha256}


def _programme(compiled: Compiled, founding: Founding, at: datetime) -> Programme:
    starts, ends = term(compiled)
    first = compiled.phases[0] if compiled.phases else None
    return Programme.objects.create(
        slug=founding.slug,
        title_zh=compiled.title.zh,
        title_en=compiled.title.en,
        zone=compiled.tz,
        number_prefix=compiled.number_prefix,
        first_numbers={str(at.astimezone(ZoneInfo(compiled.tz)).year): compiled.blocks["numbers"]},
        phase=first.key if first else "",
        phase_zh=first.title.zh if first else "",
        phase_en=first.title.en if first else "",
        starts_at=starts,
        ends_at=ends,
        is_demo=founding.is_demo,
    )


def _seat_the_parties(act: Act, programme: Programme, compiled: Compiled, founder: Person) -> None:
    """Units named by the charter take their seats; the founder acts for the secretariat."""
    units = _units(compiled, founder.is_demo)
    group_of = {group.key: group for group in Group.objects.filter(programme=programme)}
    role_of = {role.key: role for role in Role.objects.filter(programme=programme)}
    for order, (spec, unit, runs) in enumerate(_first_seats(compiled, units)):
        groups.first_seat(
            act,
            place=Place(
                group=_first_group(spec, group_of, compiled),
                role=role_of[spec.key],
                organisation=unit,
                person=founder if unit is None else None,
                delegate=founder if unit is not None and runs else None,
                guest=True,
                order=order,
                starts_at=act.recorded_at,
            ),
        )


def _first_seats(
    compiled: Compiled, units: dict[str, Organisation]
) -> Iterator[tuple[RoleSpec, Organisation | None, bool]]:
    """Each role with each unit that holds it, and whether the founder acts there: for the first
    of a role that manages, and in person where no unit is named."""
    for spec in compiled.roles:
        manages = "manage" in spec.can
        if manages and not spec.holders:
            yield spec, None, True
        for number, party in enumerate(spec.holders):
            yield spec, units[party], manages and number == 0


def _first_group(spec: RoleSpec, group_of: dict[str, Group], compiled: Compiled) -> Group:
    for group in compiled.groups:
        if group.kind == spec.group_kind:
            return group_of[group.key]
    raise KeyError(spec.group_kind)


def _units(compiled: Compiled, is_demo: bool) -> dict[str, Organisation]:
    units: dict[str, Organisation] = {}
    for party in compiled.parties:
        units[party.key] = enter_organisation(
            party.name.zh or party.name.en,
            name_en=party.name.en,
            kind=party.kind,
            affiliated_with=units.get(party.affiliated_with),
        )
    return units


def manager_of(programme: Programme) -> Seat | None:
    """The first seat that runs the programme."""
    for seat in Seat.objects.filter(programme=programme, ends_at=None).with_names():
        if seat.can("manage"):
            return seat
    return None


@transaction.atomic
def register_founder(*, at: datetime, facts: PersonFacts, password: str) -> User:
    """The first account of an empty installation: it may found programmes.

    The page has checked the one-time token. Refuses when somebody is registered already.

    Taken back by: nothing, because it is the first account of an installation that had none.
    """
    if has_founder():
        raise Refused("planning.already-open")
    person = enter_person(facts)
    person.may_found = True
    person.save(update_fields=["may_found"])
    user = open_account(person, password=password)
    user.set_password(password)
    user.save(update_fields=["password"])
    vouch_for(user)
    ledger.record(
        Act(by=person, recorded_at=at),
        "planning.founder.registered",
        programme=None,
        about=person.subject(),
    )
    return user
