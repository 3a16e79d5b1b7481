"""Whom units name in a roster is asked before they sit, where the import says so."""

import pytest
from django.urls import reverse

from keti.groups.models import Seat
from keti.intake import actions
from keti.intake.models import RosterImport
from keti.intake.tests.sheets import kept, row
from keti.jobs.actions import work
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db
UNIT, OTHER = "甲研究所（演示）", "乙公司（演示）"
ROWS = [
    row(unit=UNIT, 代表人="戊一", 邮箱="wu1@example.org"),
    row(unit=OTHER),
    row("戊三", OTHER, 邮箱="wu3@example.org"),
]


def read(cast: Cast, *rows: list[str]) -> RosterImport:
    return actions.read_roster(
        cast.qin.act(), programme=cast.programme, file=kept(cast, rows or ROWS)
    )


def seats() -> dict[str, bool]:
    """Whom each new seat waits for."""
    new = Seat.objects.filter(organisation__name_zh__in=(UNIT, OTHER)) | Seat.objects.filter(
        person__name="戊三"
    )
    return {seat.holder.label: seat.proposed_at is not None for seat in new}


def test_only_delegates_are_asked_and_the_preview_says_how_many(cast: Cast) -> None:
    shown = read(cast)
    page = cast.qin.client.get(shown.path).content.decode()
    assert "勾选后要征询 1 人" in page and 'name="ask" value="1">' in page
    url = reverse("intake:roster_import", args=["cast", shown.public_id])
    cast.qin.client.post(url, {"key": "k", "ask": "1"})
    work(idle=0.01)
    assert seats() == {UNIT: True, OTHER: False, "戊三": False}
    made = RosterImport.objects.get()
    assert Entry.objects.get(kind="intake.roster.imported").content["facts"]["asked"] == 1
    page = cast.qin.client.get(made.path).content.decode()
    assert "单位指定的代表人 1 人，待本人答复" in page
    assert "其中 1 封是征询" in page
    told = Message.objects.filter(kind="groups.appointed", recipient_label__startswith="戊")
    assert not told.exists(), "the import writes to nobody"
    actions.tell_seated(cast.qin.act(), programme=cast.programme)
    letters = dict(told.values_list("recipient_label", "subject"))
    assert letters["戊一"] == f"{UNIT}提名您为代表人，请答复"
    assert "请答复" not in letters["戊三"]


def test_not_ticked_they_sit_at_once_and_named_later_one_is_asked(cast: Cast) -> None:
    shown = read(cast)
    actions.import_roster(cast.qin.act(), programme=cast.programme, file=shown.file, shown=shown)
    assert seats() == {UNIT: False, OTHER: False, "戊三": False}
    assert "asked" not in Entry.objects.get(kind="intake.roster.imported").content["facts"]
    later = read(cast, row(unit=OTHER, 代表人="戊四"), row(unit=UNIT, 代表人="戊一"))
    assert later.notes["delegates"] == 1, "who acts already is not asked again"
    actions.import_roster(
        cast.qin.act(), programme=cast.programme, file=later.file, shown=later, ask=True
    )
    assert seats() == {UNIT: False, OTHER: True, "戊三": False}


def test_the_secretariat_that_asks_is_not_asked(cast: Cast) -> None:
    office = cast.qin.seat
    unit = office.holder.label
    shown = read(cast, row(unit=unit, 组别="核心组", 职务="秘书", 代表人="戊五"), *ROWS)
    assert shown.notes["delegates"] == 1
    actions.import_roster(
        cast.qin.act(), programme=cast.programme, file=shown.file, shown=shown, ask=True
    )
    office.refresh_from_db()
    assert (office.delegate.name, office.proposed_at) == ("戊五", None)
