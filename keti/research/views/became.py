"""What became of a recommendation as pages show it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from keti.groups.doors import Door
from keti.research import permissions, queries
from keti.research.models import Uptake


@dataclass(frozen=True, slots=True)
class UptakeRow:
    """What somebody says of one recommendation and one addressee."""

    one: Uptake
    title: str
    url: str
    tag: str
    addressee: str
    state: str
    standing: str
    mark: str
    who: str


def entry_of(door: Door, one: Uptake) -> UptakeRow:
    """An uptake as lists and pages show it."""
    node = one.recommendation
    if one.withdrawn_at is not None:
        mark, standing = "waived", _("已撤回")
    elif one.verified_at is not None:
        mark, standing = "done", _("已核实")
    else:
        mark, standing = "doing", _("待核实")
    return UptakeRow(
        one, node.title.in_(door.lang), node.path, node.tag.in_(door.lang),
        one.addressee.title.in_(door.lang), queries.state_words(one).in_(door.lang),
        standing, mark, one.seat.called.in_(door.lang),
    )  # fmt: skip


def said_here(door: Door) -> QuerySet[Uptake]:
    """Every uptake this visitor sees, with names."""
    seen = permissions.uptakes_in_sight(door.sight).values("pk")
    return queries.uptakes(door.programme).filter(pk__in=seen)


def of_node(door: Door, node_pk: int) -> list[tuple[UptakeRow, bool]]:
    """What the page of a recommendation shows of what became of it: newest first, each with
    whether it is what counts today."""
    found = list(said_here(door).filter(recommendation=node_pk).order_by("-day", "-pk"))
    standing = {one.pk for one in queries.latest(found)}
    return [(entry_of(door, one), one.pk in standing) for one in found]
