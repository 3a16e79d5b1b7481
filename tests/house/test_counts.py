"""A list asks the database as often for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keti.accounts.actions import PersonFacts, enter_person
from keti.groups.actions import Place, appoint
from keti.kernel.acts import Subject, Text
from keti.ledger.actions import record
from keti.monitoring.actions import raise_finding
from keti.notify.actions import Letter, post
from keti.reports.actions import start_report
from tests.cast import Cast
from tests.house.most import MOST_STATEMENTS


def one_more_seat(cast: Cast, number: int) -> None:
    person = enter_person(PersonFacts(f"新组员{number}（演示）", is_demo=True))
    place = Place(group=cast.group("cell.red"), role=cast.role("hand"), person=person, order=number)
    appoint(cast.qin.act(), place=place)


def one_more_line(cast: Cast, number: int) -> None:
    about = Subject("x.thing", f"{number:026d}", f"第{number}件")
    record(cast.lu.act(), "duties.link.issued", programme=cast.programme, about=about)


def one_more_letter(cast: Cast, number: int) -> None:
    letter = Letter("x.told", f"k{number}", Text("请留意"), Text("正文"))
    post(cast.programme, letter, to=[cast.qin.person], at=cast.moment)


def one_more_finding(cast: Cast, number: int) -> None:
    raise_finding(
        cast.ji.act(), programme=cast.programme, subject=cast.group("cell.red").subject(),
        group=cast.group("cell.red"), title=f"问题{number}", text="请核对。", severity="note",
    )  # fmt: skip


def one_more_report(cast: Cast, number: int) -> None:
    group, period = [("red", "2030-04"), ("blue", "2030-04"), ("red", "2030-05")][number]
    lead = cast.lu if group == "red" else cast.he
    duty = cast.duty("moon", f"cell.{group}", period)
    start_report(lead.act(), obligation=duty)


LISTS = {
    "groups/": one_more_seat,
    "ledger/": one_more_line,
    "mailbox/": one_more_letter,
    "findings/": one_more_finding,
    "reports/": one_more_report,
    "desk/": one_more_letter,
    "duties/": one_more_seat,
}


def asked(cast: Cast, path: str) -> int:
    """How many statements the page takes, sessions and first-time reads left behind."""
    client = cast.qin.client
    client.get(path)
    with CaptureQueriesContext(connection) as statements:
        assert client.get(path).status_code == 200
    return len(statements)


@pytest.mark.parametrize("tail", sorted(LISTS))
def test_one_row_and_three_rows_ask_the_same(cast, tail):
    cast.at("2030-05-20T10:00")
    more = LISTS[tail]
    more(cast, 0)
    alone = asked(cast, f"/p/cast/{tail}")
    more(cast, 1)
    more(cast, 2)
    assert asked(cast, f"/p/cast/{tail}") == alone
    assert alone <= MOST_STATEMENTS
