"""Who keeps offices and letters, who approves a list, who issues; who reads an address."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from keti.charter.queries import compiled
from keti.groups.models import Seat
from keti.groups.permissions import Sight, principal
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import YES, Verdict, no
from keti.letters.models import RecipientList
from keti.programmes.models import Programme

Row = TypeVar("Row", bound=Model)
DECIDING = ("manage", "commission")


def keeps_letters(seat: Seat) -> bool:
    """Does this seat see addresses: the secretariat and the commissioner, nobody else."""
    return any(seat.can(verb) for verb in DECIDING)


def may_keep(act: Act, programme: Programme) -> Verdict:
    """The secretariat keeps offices, drafts lists and letters, and follows the pieces."""
    seat = principal(act, programme)
    return YES if seat.can("manage") else no("letters.only-the-secretariat", seat=seat.title)


def may_approve(act: Act, recipients: RecipientList) -> Verdict:
    """The roles that the charter names for this list; where it names none, the secretariat and the
    commissioner."""
    seat = principal(act, recipients.programme)
    roles = approvers(recipients.programme, recipients.key)
    if seat.role.key in roles or (not roles and keeps_letters(seat)):
        return YES
    if roles:
        named = [compiled(recipients.programme).role(key).title for key in roles]
        titles = Text("、".join(one.zh for one in named), ", ".join(one.in_("en") for one in named))
        return no("letters.only-named-roles", roles=titles, seat=seat.title)
    return no("letters.only-who-decides", seat=seat.title)


def approvers(programme: Programme, key: str) -> list[str]:
    """The roles the charter names to approve a list: `approved_by` of what is promised to it."""
    promises = compiled(programme).blocks.get("outreach", {}).values()
    word = f"list.{key}"
    found = [one.get("approved_by", []) for one in promises if word in _listed(one.get("to", []))]
    return list(dict.fromkeys(role for roles in found for role in _listed(roles)))


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def may_issue(act: Act, programme: Programme) -> Verdict:
    """A letter goes out by the hand of the secretariat or the commissioner."""
    seat = principal(act, programme)
    return YES if keeps_letters(seat) else no("letters.only-who-decides", seat=seat.title)


def visible(sight: Sight | None, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Offices, lists, letters or pieces of the programme for who keeps letters; none for anybody
    else."""
    if sight is None or not keeps_letters(sight.seat):
        return rows.none()
    return rows.filter(programme=sight.programme_id)
