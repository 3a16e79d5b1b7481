"""A report half written is listed among the unsent texts of who writes it."""

import pytest

from keti.groups.models import Seat
from keti.reports.actions import return_report, save_draft, submit_report
from keti.reports.rules import Content
from tests.cast import Cast, Player

from .conftest import TEXTS, Desk

pytestmark = pytest.mark.django_db
NOTHING = "没有未提交的文字"


def listed(player: Player) -> str:
    return player.client.get("/me/drafts/").content.decode()


def test_a_report_in_hand_is_listed_for_who_saved_it_last(cast: Cast, desk: Desk) -> None:
    assert NOTHING in listed(cast.lu)
    report = desk.start()
    assert NOTHING in listed(cast.lu)
    report = desk.written()
    link = f'href="{report.path}edit/"'
    assert link in listed(cast.lu)
    assert NOTHING not in listed(cast.lu)
    for other in (cast.mao, cast.qin, cast.he):
        assert link not in listed(other)
    content = Content(TEXTS | {"gains": "毛接着写。"}, report.content().plan)
    save_draft(cast.mao.act(), report=report, content=content, base=report.revision)
    assert (link in listed(cast.mao), link in listed(cast.lu)) == (True, False)


def test_handed_in_it_is_listed_no_more_until_it_is_written_on(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    link = f'href="{report.path}edit/"'
    submit_report(cast.lu.act(), report=report)
    assert link not in listed(cast.lu)
    return_report(cast.qin.act("2030-04-28T11:00"), report=report, reason="补数据")
    report.refresh_from_db()
    assert link not in listed(cast.lu)
    content = Content(TEXTS | {"gains": "补上。"}, report.content().plan)
    later = cast.lu.act("2030-04-28T12:00")
    save_draft(later, report=report, content=content, base=report.revision)
    assert link in listed(cast.lu)


def test_who_may_no_longer_write_it_finds_no_link(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    Seat.objects.filter(pk=cast.lu.seat.pk).update(ends_at=cast.moment)
    assert f'href="{report.path}edit/"' not in listed(cast.lu)
