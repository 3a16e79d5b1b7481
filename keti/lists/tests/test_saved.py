"""What a list is asked for is kept under a name: one's own alone, renamed, replaced, removed."""

import pytest

from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.lists.actions import MOST, drop_view, keep_view, rename_view
from keti.lists.models import SavedView
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/p/cast/duties/list/"
VIEWS = "/p/cast/lists/duties/views/"


def kept(cast: Cast, title: str, query: str = "?kind=moon", who: str = "lu") -> SavedView:
    act = cast.players[who].act()
    return keep_view(act, programme=cast.programme, called="duties", title=title, query=query)


def test_it_is_kept_from_the_page_and_listed_above_the_list(cast: Cast):
    lines = Entry.objects.count()
    plain = cast.lu.client.get(LIST)
    assert plain.context["list"].keep == ""
    asked = cast.lu.client.get(f"{LIST}?kind=moon&sort=-due&page=1&nonsense=x").context["list"]
    sent = {"key": asked.keep_key, "title": "  我的  月报 "}
    for _twice in range(2):
        answer = cast.lu.client.post(asked.keep, sent)
        assert (answer.status_code, answer.url) == (302, f"{LIST}?kind=moon&sort=-due")
    one = SavedView.objects.get()
    assert (one.title, one.query) == ("我的 月报", "?kind=moon&sort=-due")
    shown = cast.lu.client.get(answer.url)
    assert shown.context["list"].saved == [("我的 月报", answer.url, True)]
    assert 'aria-current="true">我的 月报' in shown.content.decode()
    assert cast.lu.client.get("/p/cast/reports/").context["list"].saved == []
    assert Entry.objects.count() == lines


def test_nobody_else_sees_renames_or_removes_it(cast: Cast):
    one = kept(cast, "我的月报")
    assert cast.he.client.get(LIST).context["list"].saved == []
    assert "我的月报" not in cast.he.client.get(VIEWS).content.decode()
    for do in ("rename", "remove"):
        sent = {"key": "k", "title": "别的", "do": do}
        assert cast.he.client.post(f"{VIEWS}{one.public_id}/", sent).status_code == 404
    assert cast.wu.client.get(VIEWS).status_code == 404
    assert cast.lu.client.get("/p/cast/lists/applications/views/").status_code == 404
    drop_view(cast.he.act(), view=one)
    assert SavedView.objects.filter(pk=one.pk, title="我的月报").exists()


def test_it_is_renamed_and_removed_on_its_page(cast: Cast):
    one, other = kept(cast, "甲"), kept(cast, "乙", "?missing=1")
    place = f"{VIEWS}{one.public_id}/"
    taken = cast.lu.client.post(place, {"key": "k1", "title": "乙"})
    assert taken.status_code == 422
    assert "已有一个筛选叫“乙”" in taken.content.decode()
    empty = cast.lu.client.post(place, {"key": "k2", "title": " "})
    assert empty.status_code == 422
    assert cast.lu.client.post(place, {"key": "k3", "title": "丙"}).status_code == 302
    page = cast.lu.client.get(VIEWS).content.decode()
    assert "丙" in page and "乙" in page and f"{LIST}?kind=moon" in page
    gone = {"key": "k4", "do": "remove"}
    for _twice in range(2):
        cast.lu.client.post(f"{VIEWS}{other.public_id}/", gone)
    assert [view.title for view in SavedView.objects.all()] == ["丙"]


def test_one_of_the_same_name_is_replaced_and_there_is_an_end_to_them(cast: Cast):
    for number in range(MOST):
        kept(cast, f"筛选{number}")
    assert kept(cast, "筛选3", "?missing=1").query == "?missing=1"
    with pytest.raises(Refused) as refused:
        kept(cast, "再一个")
    assert refused.value.code == "lists.too-many-views"
    sent = {"key": "k", "title": "再一个"}
    page = cast.lu.client.post(f"{VIEWS}keep/?kind=moon", sent)
    assert page.status_code == 422
    assert "再一个" in page.content.decode() and "最多保存20个" in page.content.decode()
    kept(cast, "何的", who="he")
    with pytest.raises(Refused):
        rename_view(cast.lu.act(), view=SavedView.objects.filter(title="筛选1").get(), title="")
