"""A group that begins with an application admitted: one more instance in the charter, at once."""

from django.db import transaction

from keti.accounts.models import Person
from keti.charter.actions import CharterFile
from keti.charter.models import CharterVersion
from keti.charter.queries import in_force
from keti.charter.rules.comparing import differing
from keti.charter.rules.reading import read
from keti.charter.rules.shape import BY_ADMISSION
from keti.charter.rules.writing.edit import put
from keti.groups.models import Group
from keti.groups.permissions import may_manage, principal
from keti.intake.actions import Seed
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, both
from keti.planning import queries
from keti.planning.actions.applying import (
    carry_out,
    hold_what_it_moves,
    hold_who_sits,
    next_number,
)
from keti.planning.actions.preparing import checked
from keti.planning.enums import AmendmentState
from keti.planning.models import Amendment
from keti.planning.rules.plan import plan as compared
from keti.programmes.models import Programme


def hold_seats(programme: Programme) -> None:
    """Hold who sits, before the application."""
    hold_who_sits(programme)


def hold_rest(programme: Programme) -> None:
    """Hold what a new group may move besides, after the application."""
    hold_what_it_moves(programme)


@transaction.atomic
def grow(act: Act, programme: Programme, seed: Seed) -> Group:
    """Found a group of a kind that is born by admission: the charter gets one more instance with
    its name and day, without any approval beyond that of the kind itself, and what it owes is laid
    down as for every group that an amendment brings. Called by the act that admits.

    Refuses where the charter could not be used with it.

    Taken back by: planning.propose_amendment (that takes the group out again).
    """
    may_manage(act, programme).or_refuse()
    standing = in_force(programme)
    file = CharterFile(standing.name, *_with_one_more(programme, standing, seed, act))
    desired, _ = checked(file)
    paths = tuple(".".join(one) for one in differing(standing.text, file.text))
    now = act.recorded_at
    plan = compared(desired, queries.reality(programme, now), now, paths)
    if not isinstance(act.by, Person):
        raise Refused("groups.no-seat")
    made = Amendment.objects.create(
        programme=programme,
        number=next_number(programme),
        name=file.name,
        text=file.text,
        clauses=file.clauses,
        sha256=desired.sha256,
        base_sha256=plan.base_sha256,
        state_sha256=plan.digest(),
        plan=plan.as_data(),
        touched=list(paths),
        klass=BY_ADMISSION,
        approvers=[],
        reason=both("planning.grown", number=seed.number, title=seed.title).zh,
        proposed_by=principal(act, programme),
        by=act.by,
        proposed_at=now,
        takes_effect_at=now,
        state=AmendmentState.APPROVED,
    )
    carry_out(act, Amendment.objects.with_names().select_related("by").get(pk=made.pk))
    return Group.objects.select_related("programme").get(programme=programme, key=_key(paths))


def _with_one_more(
    programme: Programme, standing: CharterVersion, seed: Seed, act: Act
) -> tuple[str, str]:
    """The charter's text with the group, and its clauses as they are."""
    text, path = standing.text, ("groups", seed.kind)
    said = read(text).data["groups"][seed.kind]
    if said.get("instances") == BY_ADMISSION:
        text = put(text, (*path, BY_ADMISSION), True)
    taken = Group.objects.filter(programme=programme, kind=seed.kind)
    names = set(taken.values_list("key", flat=True))
    number = next(n for n in range(1, 100_000) if f"{seed.kind}.a{n}" not in names)
    words = {"zh": seed.title.zh} if not seed.title.en else {"en": seed.title.en}
    born = programme.local(act.happened_at).date().isoformat()
    known = said.get("instances")
    instances = dict(known) if isinstance(known, dict) else {}
    one = {f"a{number}": {**words, "born": born}}
    return put(text, (*path, "instances"), {**instances, **one}), standing.clauses


def _key(paths: tuple[str, ...]) -> str:
    """The key of the group that the paths bring."""
    [steps] = [one.split(".") for one in paths if len(one.split(".")) == 4]
    return f"{steps[1]}.{steps[3]}"
