"""The list of the roster: who holds which seat now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.accounts.rules import like_key, name_key
from keti.groups.doors import Door, enter_office
from keti.groups.models import Seat
from keti.lists.doors import (
    GROUP_NAMES,
    Column,
    Listing,
    Searched,
    by_group,
    declared,
    save,
)
from keti.lists.rules import Due, Label, Moment

HELD: tuple[Searched, ...] = (
    ("person__name_key", name_key), ("person__unit__name_key", like_key),
    ("organisation__name_key", like_key), "person__name_en", "organisation__name_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One standing seat of the list."""

    seat: Seat
    who: Label
    group: str
    role: str

    @property
    def delegate(self) -> Label:
        """Who acts for a unit."""
        if self.seat.organisation_id is None:
            return Label("")
        return Label(self.seat.delegate.label if self.seat.delegate else _("未指定"))


def _base(door: Door) -> QuerySet[Seat]:
    found = Seat.objects.filter(programme=door.programme).standing(door.now)
    named = found.select_related("group", "role", "person__unit", "organisation", "delegate")
    return named.only(
        "public_id", "honorific", "starts_at", "term_ends_at", "role__title_zh", "role__title_en",
        "person__name", "person__name_en", "person__unit__name_zh", "delegate__name",
        "organisation__name_zh", "organisation__name_en", *GROUP_NAMES,
    )  # fmt: skip


def _rows(door: Door, seats: Iterable[Seat]) -> Iterator[SeatRow]:
    for one in seats:
        url = reverse("intake:seat", args=[door.programme.slug, one.public_id])
        unit = one.person.unit.label if one.person and one.person.unit else ""
        yield SeatRow(
            one,
            Label(one.holder.called.in_(door.lang), url, unit),
            one.group.title.in_(door.lang),
            one.role.title.in_(door.lang),
        )


SEATS = declared(
    Listing(
        name="seats",
        title=gettext_lazy("现任职务"),
        columns=(
            Column(
                "who", gettext_lazy("姓名或单位"), lambda row: row.who,
                ("person__name", "organisation__name_zh"), HELD,
            ),
            Column(
                "unit", gettext_lazy("单位"), lambda row: Label(row.who.note),
                page=False,
            ),
            Column(
                "group", gettext_lazy("组别"), lambda row: Label(row.group), ("group__order",)
            ),
            Column(
                "role", gettext_lazy("职务"), lambda row: Label(row.role),
                ("role__order",), ("role__title_zh", "role__title_en"),
            ),
            Column(
                "delegate", gettext_lazy("代表人"), lambda row: row.delegate,
                ("delegate__name",), (("delegate__name_key", name_key),),
            ),
            Column(
                "honorific", gettext_lazy("称谓"), lambda row: Label(row.seat.honorific),
                ("honorific",), ("honorific",),
            ),
            Column(
                "since", gettext_lazy("起任"), lambda row: Moment(row.seat.starts_at),
                ("starts_at",),
            ),
            Column(
                "until", gettext_lazy("任期至"), lambda row: Due(row.seat.term_ends_at),
                ("term_ends_at",),
            ),
        ),
        base=_base,
        of_record=True,
        rows=_rows,
        order=("group__order", "role__order", "order"),
        page="intake:roster",
        file="intake:seats_file",
        steady=False,
        choices=(by_group(),),
        nothing=gettext_lazy("还没有人任职"),
        key=lambda row: str(row.seat.public_id),
        enter=enter_office,
    )
)  # fmt: skip


def seats_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The seats as they were asked for, as a file to read; one to correct and upload again is the
    sheet of the roster."""
    return save(request, SEATS, slug, form)
