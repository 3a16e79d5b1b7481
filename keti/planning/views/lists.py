"""The list of the amendments."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door
from keti.lists.doors import Column, Listing, by_code, declared, save
from keti.lists.rules import Label, Marked, Moment
from keti.planning.enums import AmendmentState
from keti.planning.models import Amendment, AmendmentQuerySet

STATES = {
    AmendmentState.PROPOSED: "soon",
    AmendmentState.APPROVED: "doing",
    AmendmentState.APPLIED: "done",
    AmendmentState.WITHDRAWN: "waived",
    AmendmentState.REFUSED: "returned",
    AmendmentState.STALE: "waived",
}
SHORT = 60


def _base(door: Door) -> AmendmentQuerySet:
    """Every amendment: all seats of a programme read how its charter came about."""
    found = Amendment.objects.filter(programme=door.programme).select_related("by")
    return found.only(
        "public_id", "number", "reason", "state", "proposed_at", "takes_effect_at", "settled_at",
        "by__name", "by__name_en",
    )  # fmt: skip


def _rows(door: Door, found: Iterable[Amendment]) -> Iterator[dict[str, Any]]:
    for one in found:
        one.programme = door.programme
        yield {"one": one, "by": one.by.called.in_(door.lang)}


def _reason(row: dict[str, Any]) -> Label:
    said = " ".join(row["one"].reason.split())
    return Label(said if len(said) <= SHORT else f"{said[: SHORT - 1]}…")


AMENDMENTS = declared(
    Listing(
        name="amendments",
        title=gettext_lazy("方案调整"),
        columns=(
            Column(
                "number", gettext_lazy("序号"),
                lambda row: Label(_("第 {n} 号").format(n=row["one"].number), row["one"].path),
                ("number",),
            ),
            Column("reason", gettext_lazy("理由"), _reason, (), ("reason",), file=False),
            Column(
                "whole", gettext_lazy("理由"), lambda row: Label(row["one"].reason), page=False
            ),
            Column(
                "by", gettext_lazy("提出人"), lambda row: Label(row["by"]),
                ("by__name",), ("by__name", "by__name_en"),
            ),
            Column(
                "proposed", gettext_lazy("提出"), lambda row: Moment(row["one"].proposed_at),
                ("proposed_at",),
            ),
            Column(
                "effect", gettext_lazy("生效"), lambda row: Moment(row["one"].takes_effect_at),
                ("takes_effect_at",),
            ),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(
                    STATES[AmendmentState(row["one"].state)], str(row["one"].get_state_display())
                ),
                ("state",),
            ),
        ),
        base=_base,
        rows=_rows,
        order=("-number",),
        page="planning:amendments",
        file="planning:amendments_file",
        choices=(by_code("state", gettext_lazy("状态"), lambda _door: AmendmentState.choices),),
        nothing=gettext_lazy("还没有调整过"),
    )
)  # fmt: skip


def amendments_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The amendments as they were asked for, as a file."""
    return save(request, AMENDMENTS, slug, form)
