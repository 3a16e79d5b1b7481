"""The secretariat's list of consents: everybody who would be printed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.accounts.models import Person
from keti.accounts.rules import like_key, name_key
from keti.consents import queries
from keti.consents.enums import Answer
from keti.consents.queries import AskedPerson
from keti.groups.doors import Door, enter_office
from keti.lists.doors import Choice, Column, Listing, Rows, declared, in_turn
from keti.lists.rules import Label, Marked, Moment

MARKS = {Answer.AGREED: "done", Answer.WITHDRAWN: "waived", Answer.NONE: "soon"}


def row_of(one: AskedPerson, lang: str) -> dict[str, Any]:
    """One person as the list and their page call them."""
    return {
        "one": one,
        "who": one.person.called.in_(lang),
        "unit": one.person.unit.called.in_(lang) if one.person.unit else "",
        "seats": [seat.title.in_(lang) for seat in one.seats],
        "answer": one.answer.label,
        "mark": MARKS[one.answer],
    }


def _rows(door: Door, people: Iterable[Person]) -> Iterator[dict[str, Any]]:
    for some in in_turn(people):
        for one in queries.lines(door.programme, some):
            yield row_of(one, door.lang) | {
                "url": reverse("consents:person", args=[door.programme.slug, one.person.public_id])
            }


def _given(row: dict[str, Any]) -> Moment:
    consent = row["one"].consent
    return Moment(consent.given_at if consent else None)


def _gone(row: dict[str, Any]) -> Moment:
    consent = row["one"].consent
    return Moment(consent.withdrawn_at if consent else None)


def _by(row: dict[str, Any]) -> Label:
    one = row["one"].consent
    if one is None:
        return Label("")
    if one.by_themselves:
        return Label(_("本人作出"))
    return Label(one.given_by.label if one.given_by else _("不详"))


def _proof(row: dict[str, Any]) -> Label:
    one = row["one"].consent
    return Label(one.evidence.name if one and one.evidence else "")


def _base(door: Door) -> QuerySet[Person]:
    return queries.asked_people(door.programme).select_related("unit")


def _tally(door: Door, _people: Rows) -> list[tuple[str, int]]:
    """How many answered how."""
    whens = [When(where, then=Value(key.value)) for key, where in queries.STANDS.items()]
    how = Case(*whens, default=Value(""), output_field=CharField())

    def counted(door: Door) -> QuerySet[Person, dict[str, Any]]:
        asked = queries.asked_people(door.programme).order_by()
        return asked.annotate(how=how).values("how").annotate(n=Count("pk"))

    known = {one["how"]: one["n"] for one in door.read(("consents.tally",), counted)}
    return [(str(label), known.get(key, 0)) for key, label in Answer.choices]


CONSENTS = declared(
    Listing(
        name="consents",
        title=gettext_lazy("同意记录"),
        columns=(
            Column(
                "who", gettext_lazy("姓名"), lambda row: Label(row["who"], row["url"]),
                ("name",), (("name_key", name_key), "name_en"),
            ),
            Column(
                "unit", gettext_lazy("单位"), lambda row: Label(row["unit"]),
                ("unit__name_zh",), (("unit__name_key", like_key), "unit__name_en"),
            ),
            Column("seats", gettext_lazy("职务"), lambda row: Label("；".join(row["seats"]))),
            Column(
                "answer", gettext_lazy("答复"), lambda row: Marked(row["mark"], str(row["answer"]))
            ),
            Column("given", gettext_lazy("同意时间"), _given, ("given",)),
            Column("by", gettext_lazy("何人作出或登记"), _by, page=False),
            Column("proof", gettext_lazy("凭据"), _proof, page=False),
            Column("gone", gettext_lazy("撤回时间"), _gone, ("gone",)),
        ),
        base=_base,
        of_record=True,
        rows=_rows,
        order=("place",),
        page="consents:consents",
        file="consents:export",
        choices=(
            Choice(
                "answer", gettext_lazy("答复"),
                lambda _door, _rows: [(key, str(word)) for key, word in Answer.choices],
                lambda _door, value: queries.STANDS.get(Answer(value), Q())
                if value in Answer.values else Q(pk__in=[]),
            ),
        ),
        nothing=gettext_lazy("没有符合条件的人"),
        hint=gettext_lazy("任命或录取后，任职的个人和单位代表人会出现在这里。"),
        enter=enter_office,
        tally=_tally,
    )
)  # fmt: skip
