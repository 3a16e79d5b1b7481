"""Tracked changes in the editor: each accepted or refused by itself, and the exact `doc/1` of it."""
# ruff: noqa: E501

import json

from keti.documents.rules.doc1.schema import blank, write

from .editing import Open, para

BY = {"by": "审阅人（演示）", "at": "2030-05-01T08:00:00Z"}
OTHER = {"by": "另一人（演示）", "at": "2030-05-02T08:00:00Z"}


def marked() -> str:
    runs = [
        {"words": "开了"},
        {"words": "一", "cut": BY, "marks": ["b"]},
        {"words": "两", "ins": BY},
        {"words": "次会，"},
        {"words": "都", "ins": BY, "said": ["c1"]},
        {"words": "没有人", "cut": OTHER},
        {"words": "到齐。"},
    ]
    block = {"id": "b1", "kind": "paragraph", "runs": runs}
    return write(blank([block]) | {"comments": {"c1": BY | {"words": "是吗？"}}})


def test_each_change_is_accepted_or_refused_by_itself(section: Open) -> None:
    box = section("开了两次会，都到齐。", marked())
    told = box.page.locator(".changes-told")
    assert told.inner_text() == "changes4"
    assert box.page.locator(".do-accept").is_disabled()
    assert box.raw == marked()
    box.press("nextChange")
    assert told.inner_text() == "changes4 · 审阅人（演示） 2030-05-01"
    box.press("refuse")  # 一 stays as it was
    box.press("refuse")  # 两 goes
    assert told.inner_text() == "changes2 · 审阅人（演示） 2030-05-01"
    box.press("accept")  # 都 stands; what is said about it stays
    box.press("accept")  # 没有人 goes
    assert box.page.locator(".of-changes").is_hidden()
    assert box.blocks() == [
        para(
            "开了",
            {"words": "一", "marks": ["b"]},
            "次会，",
            {"words": "都", "said": ["c1"]},
            "到齐。",
        )
    ]
    box.click(box.text)
    for _ in range(4):
        box.keys("Control+z")
    assert json.loads(box.raw)["blocks"] == json.loads(marked())["blocks"]
    assert box.complaints == []


def test_a_text_without_changes_has_no_bar_for_them(section: Open) -> None:
    box = section("甲")
    assert box.page.locator(".of-changes").is_hidden()
