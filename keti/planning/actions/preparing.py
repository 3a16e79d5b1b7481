"""What an amendment would do, worked out before anybody proposes it."""

from dataclasses import dataclass
from datetime import datetime

from keti.charter import actions as charters
from keti.charter.actions import CharterFile
from keti.charter.queries import compiled, in_force
from keti.charter.rules import Compiled, Finding
from keti.charter.rules.comparing import Steps, differing
from keti.charter.rules.reading import Unreadable, read
from keti.groups.models import Seat
from keti.groups.queries import holders
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused
from keti.planning import permissions, queries
from keti.planning.queries import Affected
from keti.planning.rules import classes, shelf
from keti.planning.rules.changes import Plan
from keti.planning.rules.classes import BEFORE, Class, before_publication
from keti.planning.rules.plan import plan as compared
from keti.planning.rules.wording import PlanTitles, named_duties
from keti.planning.rules.wording import block as block_words
from keti.programmes.models import Programme

OWN = "own-group"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A charter file compared with a running programme.

    `klass` says who approves and how long it is told before; `own` is set where the proposer
    adjusts only the group it leads. `takes_effect_at` is the earliest instant, or the asked one.
    """

    file: CharterFile
    desired: Compiled
    findings: tuple[Finding, ...]
    touched: tuple[Steps, ...]
    plan: Plan
    klass: Class
    takes_effect_at: datetime
    affected: tuple[Affected, ...]
    own: bool = False


def prepare(
    programme: Programme,
    file: CharterFile,
    now: datetime,
    *,
    seat: Seat | None = None,
    at: datetime | None = None,
) -> Prepared:
    """Compare a charter file with what stands. Stores nothing.

    With the `seat` that would propose it, a lead's adjustment of its own group is recognised, and
    the secretariat's of a programme of which nothing is published: in force at once, or, for a
    later instant, as everything else.
    Refuses a file with errors, and an instant `at` before the notice of its class is over.
    """
    desired, findings = checked(file)
    touched = differing(in_force(programme).text, file.text)
    klass, own = _class(programme, touched, seat, soon=at is None or at <= now)
    effect = _effect(programme, klass, now, at)
    paths = tuple(".".join(one) for one in touched)
    free = klass.key == BEFORE
    plan = compared(desired, queries.reality(programme, now), effect, paths, free=free)
    found = tuple(queries.affected(programme, plan, now))
    return Prepared(file, desired, findings, touched, plan, klass, effect, found, own)


def checked(file: CharterFile) -> tuple[Compiled, tuple[Finding, ...]]:
    """The charter as values and its findings. Refuses one with errors."""
    desired, findings = charters.check(file)
    errors = [one for one in findings if one.severity == "error"]
    if desired is None or errors:
        first = errors[0] if errors else findings[0]
        told = _told(first, file.text)
        raise Refused("planning.charter-has-errors", count=len(errors) or 1, first=told)
    return desired, tuple(findings)


def _told(finding: Finding, text: str) -> Text:
    """A finding as its reader is told: the sentence alone, things by their titles."""
    try:
        data = read(text).data
    except Unreadable:
        data = {}
    zh, en = (shelf.in_titles(finding.sentence(lang), data, lang) for lang in ("zh-hans", "en"))
    return Text(zh, en)


def _class(
    programme: Programme, touched: tuple[Steps, ...], seat: Seat | None, *, soon: bool
) -> tuple[Class, bool]:
    if seat and soon and permissions.amends_freely(seat, programme):
        return before_publication(), False
    if seat and permissions.adjusts_own_group(seat, programme, touched):
        return Class(OWN, (seat.role.key,)), True
    return classes.class_of(compiled(programme), touched), False


def _effect(programme: Programme, klass: Class, now: datetime, at: datetime | None) -> datetime:
    earliest = now + klass.notice
    if at is not None and at < earliest:
        when = programme.local(earliest).strftime("%Y-%m-%d %H:%M")
        raise Refused("planning.too-soon", klass=klass.title, when=when)
    return at or earliest


def refuse_impossible(programme: Programme, prepared: Prepared, now: datetime) -> None:
    """Refuse what changes nothing, what the charter never amends, what would orphan a duty, and
    what nobody could approve."""
    if prepared.plan.is_empty:
        raise Refused("planning.nothing-to-do")
    never = classes.forbidden(compiled(programme), prepared.touched)
    if never and prepared.klass.key != BEFORE:
        raise Refused("planning.never", paths=", ".join(".".join(path) for path in never))
    if prepared.plan.blocks:
        first = prepared.plan.blocks[0]
        zh, en = (block_words(first, words_for(programme, lang)) for lang in ("zh-hans", "en"))
        raise Refused("planning.blocked", why=Text(zh, en))
    for key in prepared.klass.approve:
        if not holders(programme, key, None, now):
            raise Refused("planning.approver-vacant", role=compiled(programme).role(key).title)


def words_for(programme: Programme, lang: str, desired: Compiled | None = None) -> PlanTitles:
    """The titles a plan is worded with: of the charter in force, and of the desired one."""
    charter = compiled(programme)
    things = _things(in_force(programme).text) | _things_of(charter)
    groups = {one.key: one.title for one in charter.groups}
    roles = {one.key: one.title for one in charter.roles}
    duties = named_duties(charter)
    if desired is not None:
        groups = {one.key: one.title for one in desired.groups} | groups
        roles = {one.key: one.title for one in desired.roles} | roles
        duties = named_duties(desired) | duties
        things = _things_of(desired) | things
    return PlanTitles(lang, programme.tz, groups, roles, duties, things)


def _things(text: str) -> dict[str, Text]:
    """Key -> title of the kinds of groups, rounds and named dates a charter's text declares."""
    try:
        return dict(shelf.options(read(text).data, ("group", "round", "anchor", "party")))
    except Unreadable:
        return {}


def _things_of(charter: Compiled) -> dict[str, Text]:
    """Key -> title of its works, gates, their outcomes, and phases."""
    found = {one.key: one.title for one in charter.works}
    found |= {one.key: one.title for one in charter.phases}
    for gate in charter.gates:
        found |= {one.key: one.title for one in gate.outcomes}
        found |= {gate.key: gate.title, gate.kind: gate.title}
    return found


def refuse_overtaken(programme: Programme, begun_on: str) -> None:
    """A file begun on another version than the one in force would undo what came between."""
    standing = in_force(programme)
    if begun_on and begun_on != standing.sha256:
        raise Refused("planning.draft-overtaken", number=standing.number)
