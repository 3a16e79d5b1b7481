"""Who may open which page of the house, what it shows, and how many queries it costs."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.duties.queries import falling_due
from keti.groups.doors import unchanged
from keti.kernel import clock
from keti.kernel.acts import Text
from keti.kernel.templatetags.keti_dates import last_day
from keti.ledger.messages import MESSAGES as WORDED
from keti.ledger.models import Entry
from keti.monitoring.actions import raise_finding
from keti.notify.models import Message
from keti.reports.actions import start_report
from keti.settings import PACKAGE
from keti.site.queries import desk
from keti.site.queries.search import search as find_words
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
TAILS = [
    "",
    "desk/",
    "progress/",
    "progress.pdf",
    "charter/",
    "charter/file/",
    "groups/",
    "ledger/",
    "mailbox/",
]


def queries_of(do: Callable[[], object]) -> int:
    """Statements where nothing is kept yet."""
    unchanged.forget()
    with CaptureQueriesContext(connection) as caught:
        do()
    return len(caught)


def moon(cast: Cast, group: str = "cell.red", period: str = "2030-04") -> Obligation:
    return cast.duty("moon", group, period)


@pytest.mark.parametrize("tail", TAILS)
def test_only_participants_enter(cast: Cast, client: Client, tail: str) -> None:
    url = f"/p/cast/{tail}"
    for who in ("qin", "lu", "he", "mao", "ji", "ren"):
        assert getattr(cast, who).client.get(url).status_code == 200
    assert cast.wu.client.get(url).status_code == 404
    answer = client.get(url)
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={url}")


@pytest.mark.parametrize("tail", ["desk/", "duties/", "charter/"])
def test_unknown_and_forbidden_look_the_same(cast: Cast, tail: str) -> None:
    forbidden = cast.wu.client.get(f"/p/cast/{tail}")
    unknown = cast.wu.client.get(f"/p/none/{tail}")
    assert (forbidden.status_code, unknown.status_code) == (404, 404)
    strip = [
        answer.content.replace(b"/p/cast/", b"").replace(b"/p/none/", b"")
        for answer in (forbidden, unknown)
    ]
    assert len(strip[0]) == len(strip[1])


def test_the_desk_sorts_what_presses(cast: Cast) -> None:
    cast.at("2030-05-01T09:00")
    answer = cast.lu.client.get("/p/cast/desk/")
    owed = desk.owed(answer.context["door"])
    assert [duty.key for duty in owed.overdue.first] == [
        "brief@cell.red",
        "talk@cell.red/2030-04",
        "moon@cell.red/2030-04",
    ]
    assert [duty.key for duty in owed.week.first] == []
    assert "moon@cell.red/2030-05" in [duty.key for duty in owed.later.first]
    text = answer.content.decode()
    assert "提交 4 月月度报告" in text
    assert "moon@cell.blue" not in str([duty.key for duty in owed.overdue.first])


def test_an_empty_desk_says_when_the_next_thing_falls_due(cast: Cast) -> None:
    text = cast.ji.client.get("/p/cast/desk/").content.decode()
    assert "现在没有要办的事" in text
    assert "2030-03-04 周一 24:00" in text


def test_the_desk_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    url = "/p/cast/desk/"
    cast.lu.client.get(url)
    keep = moon(cast)
    Obligation.objects.exclude(pk=keep.pk).update(seat=None)
    one = queries_of(lambda: cast.lu.client.get(url))
    Obligation.objects.filter(kind="moon").update(seat=cast.lu.seat)
    assert queries_of(lambda: cast.lu.client.get(url)) == one


@pytest.mark.parametrize("tail", ["", "groups/", "duties/list/", "progress/"])
def test_pages_cost_the_same_however_many_duties(cast: Cast, tail: str) -> None:
    url = f"/p/cast/{tail}"
    cast.qin.client.get(url)
    Obligation.objects.exclude(kind="setup").exclude(pk=moon(cast).pk).update(nature="promise")
    one = queries_of(lambda: cast.qin.client.get(url))
    Obligation.objects.update(nature="charter")
    assert queries_of(lambda: cast.qin.client.get(url)) == one


def test_ledger_and_mailbox_cost_the_same(cast: Cast) -> None:
    for url in ("/p/cast/ledger/", "/p/cast/mailbox/?box=out"):
        cast.qin.client.get(url)
        one = queries_of(lambda url=url: cast.qin.client.get(url))
        for number in range(3):
            duties.extend(
                cast.qin.act(),
                obligation=moon(cast),
                reason="x",
                to=moon(cast).due_instant + timedelta(days=number + 1),
            )
        assert queries_of(lambda url=url: cast.qin.client.get(url)) == one


def test_leads_and_the_secretariat_remind_others_do_not(cast: Cast) -> None:
    duty = cast.duty("take_on", "cell.red")
    url = f"/p/cast/desk/remind/{duty.public_id}/"
    assert cast.lu.client.post(url, {"key": "1"}).status_code == 302
    assert cast.he.client.post(url, {"key": "2"}).status_code == 422
    assert cast.mao.client.post(url, {"key": "3"}).status_code == 422
    assert cast.wu.client.post(url, {"key": "4"}).status_code == 404
    again = cast.qin.client.post(url, {"key": "5"})
    assert (again.status_code, "今天已经提醒过" in again.content.decode()) == (422, True)
    assert Message.objects.filter(kind="site.reminder").count() == 1
    assert Entry.objects.filter(kind="site.reminder.sent").count() == 1
    cast.at(f"{cast.moment + timedelta(days=1):%Y-%m-%dT%H:%M}")
    assert cast.qin.client.post(url, {"key": "6"}).status_code == 302
    assert Message.objects.filter(kind="site.reminder").count() == 2


@pytest.mark.parametrize(
    ("kind", "group", "tail"),
    [
        ("moon", "cell.red", "reports/for/"),
        ("brief", "cell.red", "taskbooks/for/"),
        ("talk", "cell.red", "meetings/for/"),
        ("paper", None, "duties/for/"),
    ],
)
def test_a_duty_leads_to_its_room(cast: Cast, kind: str, group: str | None, tail: str) -> None:
    duty = cast.duty(kind, group)
    answer = cast.lu.client.get(f"/p/cast/do/{duty.public_id}/")
    assert answer.status_code == 302
    assert answer.url in (f"/p/cast/{tail}{duty.public_id}/", f"/p/cast/duties/{duty.public_id}/")
    assert cast.wu.client.get(f"/p/cast/do/{duty.public_id}/").status_code == 404


def test_the_front_page(cast: Cast, client: Client) -> None:
    assert "课题管理平台" in client.get("/").content.decode()
    mine = cast.lu.client.get("/").context["mine"]
    assert [(one.slug, one.overdue) for one in mine] == [("cast", 0)]
    assert cast.wu.client.get("/").context["mine"] == []


def test_the_river_has_every_phase_and_gate(cast: Cast) -> None:
    rows = cast.lu.client.get("/p/cast/").context["rows"]
    kinds = [row.kind for row in rows]
    assert (kinds.count("band"), kinds.count("pin")) == (3, 1)
    assert kinds.count("diamond") == 4
    assert kinds.count("dot") == 6


def test_the_ledger_shows_others_only_their_own_lines(cast: Cast) -> None:
    everything = cast.qin.client.get("/p/cast/ledger/").context["list"].page.paginator.count
    assert everything == Entry.objects.filter(programme=cast.programme).count()
    own = cast.mao.client.get("/p/cast/ledger/").context["list"].lines
    [[(_title, told), *_rest]] = own
    assert told.text.endswith(f" · {cast.mao.seat.label}")
    assert cast.mao.client.get("/p/cast/ledger/ledger.jsonl").status_code == 404
    lines = b"".join(cast.ji.client.get("/p/cast/ledger/ledger.jsonl").streaming_content)
    assert lines.count(b"\n") == everything + 1


def test_every_kind_of_ledger_line_has_words() -> None:
    acts = [*PACKAGE.glob("*/actions.py"), *PACKAGE.glob("*/actions/*.py")]
    sources = "".join(file.read_text() for file in acts)
    recorded = set(re.findall(r'"([a-z]+\.[a-z]+\.[a-z-]+)"', sources))
    worded = {code.removeprefix("ledger.kind.") for code in WORDED if ".kind." in code}
    assert sorted(recorded - worded) == []


def test_letters_are_read_by_their_recipient_only(cast: Cast) -> None:
    duties.remind_due(moon(cast).due_at - timedelta(hours=2), cast.programme)
    lu = cast.lu.client.get("/p/cast/mailbox/?box=out").context
    assert lu["list"].lines == []
    mine = cast.lu.client.get("/p/cast/mailbox/").context
    own = Message.objects.filter(recipient_id=cast.lu.person.public_id).order_by("-pk")
    assert [line[0][1].text for line in mine["list"].lines] == [one.subject for one in own] != []
    qin = cast.qin.client.get("/p/cast/mailbox/?box=out").context
    assert qin["list"].page.paginator.count == Message.objects.count()


def search(cast: Cast, who: str, words: str) -> int:
    return int(getattr(cast, who).client.get("/search/", {"q": words}).context["count"])


def test_search_finds_nothing_that_is_not_visible(cast: Cast) -> None:
    duties.owe(
        cast.programme,
        duties.Debt(
            "task@1",
            "task",
            "task",
            Text("整理蜂鸟资料", "Hummingbird"),
            cast.group("cell.red"),
            cast.mao.seat,
            local("2030-05-01T00:00"),
        ),
    )
    raise_finding(
        cast.ji.act(),
        programme=cast.programme,
        subject=moon(cast).subject(),
        group=cast.group("cell.red"),
        title="蜂鸟来源不明",
        text="缺少来源",
        severity="ordinary",
    )
    assert search(cast, "mao", "蜂鸟") >= 2
    assert search(cast, "qin", "蜂鸟") >= 2
    assert (search(cast, "he", "蜂鸟"), search(cast, "wu", "蜂鸟")) == (0, 0)
    assert "蜂鸟来源不明" not in cast.he.client.get("/search/?q=蜂鸟").content.decode()


def test_a_cut_list_of_finds_says_so(cast: Cast, monkeypatch) -> None:
    whole = cast.qin.client.get("/search/", {"q": "月度"}).context
    assert whole["count"] > 2 and not whole["cut"]
    monkeypatch.setattr("keti.site.queries.search.MOST", 2)
    monkeypatch.setattr("keti.site.views.person.MOST", 2)
    page = cast.qin.client.get("/search/", {"q": "月度"})
    assert page.context["count"] == 2 and page.context["cut"]
    assert (
        "超过 2 处，每类只列前 2 处" in page.content.decode()
        and "超过 2</span>" in page.content.decode()
    )


def test_a_list_is_cut_though_what_it_holds_stands_in_another_room(cast: Cast, monkeypatch) -> None:
    """A duty whose page is its report's stands among the reports: there are more duties still."""
    cast.at("2030-04-27T10:00")
    start_report(cast.lu.act(), obligation=cast.duty("moon", "cell.red", "2030-04"))
    monkeypatch.setattr("keti.site.queries.search.MOST", 3)
    finds = {one.room: one for one in find_words([cast.qin.seat], "月度", "zh-hans")}
    assert len(finds["duties"].listed) <= 3 and finds["duties"].more
    monkeypatch.setattr("keti.site.views.person.MOST", 3)
    page = cast.qin.client.get("/search/?q=Monthly", headers={"accept-language": "en"})
    text = page.content.decode()
    assert f"More than {page.context['count']} finds" in text and "more than 3</span>" in text


def test_short_and_empty_searches(cast: Cast) -> None:
    assert cast.lu.client.get("/search/").context["too_short"] is False
    assert cast.lu.client.get("/search/?q=月").context["too_short"] is True
    assert search(cast, "lu", "月") == 0
    assert search(cast, "lu", "卢组长") == 1


def test_my_account_and_a_new_calendar_address(cast: Cast, client: Client) -> None:
    before = cast.lu.person.feed_token
    assert before in cast.lu.client.get("/me/").content.decode()
    assert cast.lu.client.post("/me/feed/", {"key": "f"}).status_code == 302
    cast.lu.person.refresh_from_db()
    assert cast.lu.person.feed_token != before
    assert client.get(f"/cal/{before}.ics").status_code == 404
    assert client.get("/me/").status_code == 302
    assert "因为您担任“组长”" in cast.lu.client.get("/me/rights/").content.decode()


def test_health(client: Client, db: None) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"


def test_switching_the_seat_is_only_for_its_holder(cast: Cast) -> None:
    theirs = cast.he.seat.public_id
    assert cast.lu.client.post("/seat/", {"seat": theirs}).status_code == 404
    assert cast.he.client.post("/seat/", {"seat": theirs}).url == "/p/cast/desk/"


def test_a_group_page_shows_work_to_its_own(cast: Cast) -> None:
    group = cast.group("cell.red")
    raise_finding(
        cast.ji.act(),
        programme=cast.programme,
        subject=moon(cast).subject(),
        group=group,
        title="来源不明",
        text="缺少来源",
        severity="ordinary",
    )
    assert "来源不明" in cast.mao.client.get(group.path).content.decode()
    other = cast.he.client.get(group.path)
    assert other.status_code == 200
    assert "来源不明" not in other.content.decode()
    assert "毛研究员" in other.content.decode()
    assert cast.wu.client.get(group.path).status_code == 404


@pytest.mark.parametrize("path", ["/demo/", "/demo/sign-in/", "/demo/advance/", "/demo/next-due/"])
def test_demo_doors_do_not_exist_in_a_normal_house(cast: Cast, path: str) -> None:
    assert cast.lu.client.get(path).status_code == 404
    assert cast.lu.client.post(path).status_code == 404


def test_demo_doors(cast: Cast, client: Client, settings) -> None:
    settings.KETI_DEMO_DOORS, settings.KETI_MODE = True, "demo"
    assert "卢组长" in client.get("/demo/").content.decode()
    answer = client.post("/demo/sign-in/", {"seat": cast.lu.seat.public_id})
    assert answer.url == "/p/cast/desk/"
    assert "2030-03-01 周五 09:00" in client.get("/p/cast/desk/").content.decode()
    client.post("/demo/advance/", {"next": "/p/cast/desk/"})
    assert "2030-03-02 周六 09:00" in client.get("/p/cast/desk/").content.decode()
    client.post("/demo/next-due/", {"next": "https://elsewhere.example/"})
    assert "2030-03-04 周一 09:00" in client.get("/p/cast/desk/").content.decode()
    before = clock.instant()
    client.post("/demo/next-due/", {"next": "/p/cast/desk/"})
    due = falling_due(cast.programme, after=before + timedelta(hours=15))
    assert due is not None
    assert (
        clock.instant()
        == datetime.combine(last_day(due, cast.programme.tz), time(9), cast.programme.tz)
        > before
    )
    assert client.get("/demo/advance/").status_code == 405


def test_the_list_of_the_desk_holds_what_the_desk_counts(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    for who in ("lu", "qin", "mao"):
        player = getattr(cast, who)
        owed = desk.owed(player.client.get("/p/cast/desk/").context["door"])
        listed = player.client.get("/p/cast/duties/list/?whose=mine").context["list"].page
        assert listed.paginator.count == owed.count()
    others = cast.mao.client.get("/p/cast/duties/list/?whose=others").context["list"].page
    assert others.paginator.count == 0
    led = cast.lu.client.get("/p/cast/duties/list/?whose=others").context["list"].lines
    assert {line[1][1].text for line in led} == {"红组"}
