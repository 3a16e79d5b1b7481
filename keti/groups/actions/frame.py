"""Groups and roles: declared, founded, stopped, ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from keti.charter.rules.compiled import GroupSpec, RoleSpec
from keti.groups import permissions
from keti.groups.actions.fitting import hold_roster, vacate
from keti.groups.models import Group, Role, Seat
from keti.kernel.acts import Act
from keti.kernel.transactions import hold, hold_row, put
from keti.ledger import actions as ledger
from keti.programmes.models import Programme


def parents_first(groups: Iterable[GroupSpec]) -> list[tuple[int, GroupSpec]]:
    """The groups with their place in the file, each after the one it stands under."""
    waiting, done = list(enumerate(groups)), list[tuple[int, GroupSpec]]()
    keys, placed = {one.key for _, one in waiting}, {""}
    while waiting:
        ready = [one for one in waiting if one[1].parent in placed or one[1].parent not in keys]
        if not ready:  # a circle, which the linter refuses
            return done + waiting
        done += ready
        placed |= {one.key for _, one in ready}
        waiting = [one for one in waiting if one[1].key not in placed]
    return done


@transaction.atomic
def declare(programme: Programme, groups: Iterable[GroupSpec], roles: Iterable[RoleSpec]) -> None:
    """Bring groups and roles of the programme in step with its charter.

    Called by the act that applies a charter, which records it. Never removes what has seats.
    """
    for order, spec in parents_first(groups):
        parent = Group.objects.filter(programme=programme, key=spec.parent).first()
        put(
            Group.objects.all(),
            programme=programme,
            key=spec.key,
            wanted={
                "kind": spec.kind,
                "title_zh": spec.title.zh,
                "title_en": spec.title.en,
                "parent": parent,
                "order": order,
                "ended_at": None,
            },
        )
    for order, role in enumerate(roles):
        put(
            Role.objects.all(),
            programme=programme,
            key=role.key,
            wanted={
                "title_zh": role.title.zh,
                "title_en": role.title.en,
                "group_kind": role.group_kind,
                "can": sorted(role.can),
                "excludes": list(role.excludes),
                "minimum": role.min,
                "maximum": role.max,
                "appointed_by": role.appointed_by,
                "ex_officio": list(role.ex_officio),
                "terms": list(role.terms),
                "renewals": role.renewals,
                "external": role.external,
                "order": order,
                "ended_at": None,
            },
        )


@transaction.atomic
def end_undeclared(
    programme: Programme, groups: Iterable[GroupSpec], roles: Iterable[RoleSpec], at: datetime
) -> None:
    """End, as of `at`, the groups and roles the charter no longer declares, with their seats.

    Called by the act that applies an amendment, which records it.
    """
    gone = Group.objects.filter(programme=programme, ended_at=None).exclude(
        key__in=[one.key for one in groups]
    )
    lost = Role.objects.filter(programme=programme, ended_at=None).exclude(
        key__in=[one.key for one in roles]
    )
    seats = Seat.objects.filter(programme=programme, ends_at=None)
    vacate(seats.filter(Q(group__in=gone) | Q(role__in=lost)), at)
    gone.update(ended_at=at)
    lost.update(ended_at=at)


@transaction.atomic
def stop_group(group: Group, *, at: datetime) -> None:
    """A gate ended the group's work; its seats stay. The deciding act records it."""
    held = hold_row(Group, group.pk)
    group.stopped_at = held.stopped_at = held.stopped_at or at
    held.save(update_fields=["stopped_at"])


@transaction.atomic
def stand_up(groups: Iterable[Group], at: datetime) -> None:
    """Groups declared in mid-run stand as of `at`. Called by the act that declares them."""
    Group.objects.filter(pk__in=[one.pk for one in groups], founded_at=None).update(founded_at=at)


@transaction.atomic
def found_groups(
    act: Act, *, programme: Programme, only: Sequence[Group] | None = None
) -> list[Group]:
    """Found every group (or of `only` each) not founded yet (clause 四.3.1). The secretariat.

    Taken back by: nothing, because a founded group has begun; it ends by a gate or by
    planning.propose_amendment.
    """
    hold_roster(programme)
    waiting = hold(Group.objects.all()).filter(programme=programme, founded_at=None).order_by("pk")
    if only is not None:
        waiting = waiting.filter(pk__in=[group.pk for group in only])
    groups = list(waiting)
    if ledger.repeated(act, "groups.groups.founded", programme=programme):
        return list(Group.objects.filter(programme=programme))
    permissions.may_manage(act, programme).or_refuse()
    for group in groups:
        group.founded_at = act.happened_at
        group.save(update_fields=["founded_at"])
    ledger.record(
        act,
        "groups.groups.founded",
        programme=programme,
        about=programme.subject(),
        facts={"groups": [group.label for group in groups]},
    )
    return groups
