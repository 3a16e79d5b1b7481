"""A section that holds more than lines: saved from the editor, carried without it, handed in."""

import json
import random
import re
from typing import Any

import pytest

from keti.documents.models import StoredFile
from keti.documents.rules.doc1 import schema
from keti.documents.rules.doc1.typed_in import as_lines, only_lines, received, with_lines
from keti.documents.rules.pictures import cleaned
from keti.documents.tests.corpus_files import BLUE, RED, sha
from keti.kernel.refusals import Refused
from keti.reports import queries
from keti.reports.actions import return_report, submit_report
from keti.reports.doors import KEPT_OUT
from keti.reports.models import Report, Version
from keti.reports.rules import Content, marks_of, merged
from tests.cast import Cast

from .conftest import TEXTS, Desk
from .test_files import choose, fields, named, where
from .test_word import WORD, handed_in

OTHERS = {"s1": "无", "s2": "继续观察。", "p0-title": "无", "p0-who": "", "p0-due": ""}


def para(name: str, *words: str, **marks: Any) -> dict[str, Any]:
    return {"id": name, "kind": "paragraph", "runs": [{"words": one} | marks for one in words]}


def table(name: str, words: str) -> dict[str, Any]:
    box = {"rows": 1, "cols": 2, "blocks": [para(f"{name}-c", words)]}
    return {"id": name, "kind": "table", "columns": 2, "head": 0, "rows": [[box]]}


def figure(name: str, data: bytes) -> dict[str, Any]:
    picture = cleaned(data)
    assert picture is not None
    facts = {"file": picture.sha256, "mime": picture.mime, "alt": "会场", "wide": 40}
    return {"id": name, "kind": "figure"} | facts


DOC = schema.blank([para("a", "成果如下："), table("b", "合计两场")])
TEXT = schema.write(DOC)


def sent(
    report: Report, doc: str | None = TEXT, words: str = "随便", **more: str
) -> dict[str, str]:
    beside = {} if doc is None else {"d0": doc}
    return {"base": str(report.revision), "s0": words} | OTHERS | beside | more


def saved(cast: Cast, report: Report, **more: Any) -> Report:
    answer = cast.lu.client.post(f"{report.path}edit/", sent(report, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.with_names().get(pk=report.pk)


def test_a_document_is_kept_in_one_spelling_and_its_words_are_those_of_the_section(
    cast: Cast, desk: Desk
) -> None:
    spelled = json.dumps(DOC | {"blocks": DOC["blocks"][::1]}, indent=2)
    report = saved(cast, desk.start(), doc=spelled)
    assert report.docs == {"gains": TEXT}
    assert report.sections["gains"] == "成果如下：\n合计两场"
    again = saved(cast, report, doc=TEXT)
    assert again.revision == report.revision
    preview = cast.lu.client.get(f"{report.path}preview/").content.decode()
    assert '<td colspan="2">合计两场</td>' in preview
    version = submit_report(cast.lu.act(), report=again)
    assert [(one["form"], one["text"]) for one in version.sections] == [
        ("doc/1", TEXT),
        ("plain/1", "无"),
        ("plain/1", "继续观察。"),
    ]


def test_a_document_of_lines_is_the_lines_to_the_letter(cast: Cast, desk: Desk) -> None:
    lines = [para("a", "第一行  "), para("b"), para("c", "\u3000\t缩", "进\n", "末行。")]
    report = saved(cast, desk.start(), doc=json.dumps(schema.blank(lines)))
    assert report.docs == {}
    assert report.sections["gains"] == "第一行  \n\n\u3000\t缩进\n末行。"
    assert not only_lines(schema.blank([para("a", "粗", marks=["b"])]))
    assert not only_lines(schema.blank([{"id": "a", "kind": "item", "level": 1, "runs": []}]))
    assert as_lines(schema.blank()) == ""


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        ([{"id": "a", "kind": "script", "runs": []}], "内部格式不合要求"),
        ([para("a", "甲", link="javascript:alert(1)")], "内部格式不合要求"),
        ([table("a", "甲") | {"columns": 3}], "内部格式不合要求"),
        ([para("a", "甲"), para("a", "乙", marks=["b"])], "内部格式不合要求"),
        ([para("a", "甲", style="color:red")], "内部格式不合要求"),
        ([figure("a", RED)], "有图片没有一起保存"),
        ([[]], "内部格式不合要求"),
    ],
)
def test_what_is_no_document_is_refused_and_comes_back(
    cast: Cast, desk: Desk, blocks: list[Any], why: str
) -> None:
    report = desk.start()
    bad = json.dumps(schema.blank(blocks), ensure_ascii=False)
    answer = cast.lu.client.post(f"{report.path}edit/", sent(report, doc=bad, words="打的字"))
    page = answer.content.decode()
    assert answer.status_code == 422 and why in page
    form = answer.context["form"]
    assert (form["d0"].value(), form["s0"].value()) == (bad, "打的字")
    small = cast.lu.client.post(
        f"{report.path}edit/", sent(report, doc=bad), headers={"HX-Request": "true"}
    )
    assert "没有保存" in small.content.decode()
    report.refresh_from_db()
    assert (report.docs, report.revision) == (None, 0)


@pytest.mark.parametrize("text", ["[", '"x"', "[" * 100_000, '{"form":"doc/1"}', "null"])
def test_no_json_is_no_document(text: str) -> None:
    with pytest.raises(Refused, match="doc-not-in-form"):
        received(text)


def test_words_are_stored_without_what_no_file_may_hold() -> None:
    doc = schema.blank([para("a", "甲\u202e\x00乙\ud800", marks=["b"])])
    assert received(json.dumps(doc))["blocks"][0]["runs"][0]["words"] == "甲乙\ufffd"


def test_without_a_script_a_table_is_neither_lost_nor_changed(cast: Cast, desk: Desk) -> None:
    report = saved(cast, desk.start())
    page = cast.lu.client.get(f"{report.path}edit/").content.decode()
    box = re.search(r'<textarea[^>]*name="s0"[^>]*>', page)
    assert box and "readonly" in box.group() and "只能在编辑器里改" in page
    said = fields(cast.lu.client.get(f"{report.path}edit/"))
    assert said["d0"] == TEXT
    kept = cast.lu.client.post(f"{report.path}edit/", said | OTHERS | {"s1": "有一个问题"})
    assert kept.status_code == 302
    report.refresh_from_db()
    assert (report.docs, report.sections["snags"]) == ({"gains": TEXT}, "有一个问题")
    # words that come without the document beside them: the same are no change, others are refused
    alone = sent(report, doc=None, words=report.sections["gains"])
    assert cast.lu.client.post(f"{report.path}edit/", alone).status_code == 302
    other = cast.lu.client.post(f"{report.path}edit/", alone | {"s0": "改了"})
    assert other.status_code == 422 and "只能在编辑器里改" in other.content.decode()
    report.refresh_from_db()
    assert (report.docs, report.sections["gains"]) == ({"gains": TEXT}, "成果如下：\n合计两场")


def test_pictures_are_cleaned_kept_once_and_shown_to_who_reads_the_draft(
    cast: Cast, desk: Desk
) -> None:
    report = desk.start()
    url = f"{report.path}pictures/"
    answer = cast.lu.client.post(url, {"file": named(BLUE, "截图.png")})
    blue = cleaned(BLUE)
    assert blue is not None and blue.data != BLUE
    assert answer.json() == {"file": blue.sha256, "mime": "image/png", "wide": 10}
    assert cast.lu.client.post(url, {"file": named(BLUE, "又.png")}).json() == answer.json()
    assert StoredFile.objects.filter(sha256=blue.sha256).count() == 1
    mine = cast.lu.client.get(f"{url}{blue.sha256}/")
    assert b"".join(mine) == blue.data
    # a colleague sees it once the draft shows it; another group never does
    assert cast.mao.client.get(f"{url}{blue.sha256}/").status_code == 404
    shown = schema.write(schema.blank([figure("a", BLUE)]))
    saved(cast, report, doc=shown)
    assert b"".join(cast.mao.client.get(f"{url}{blue.sha256}/")) == blue.data
    assert cast.he.client.get(f"{url}{blue.sha256}/").status_code == 404
    assert cast.he.client.post(url, {"file": named(RED, "x.png")}).status_code == 404
    bad = cast.lu.client.post(url, {"file": named(b"<svg onload='alert(1)'>", "x.png")})
    assert bad.status_code == 422 and "这不是可以放入的图片" in bad.json()["why"]
    assert cast.lu.client.post(url, {}).status_code == 422
    version = submit_report(cast.lu.act(), report=Report.objects.get(pk=report.pk))
    late = cast.lu.client.post(url, {"file": named(RED, "x.png")})
    assert late.status_code == 422 and not StoredFile.objects.filter(sha256=sha(RED)).exists()
    assert b"".join(cast.lu.client.get(f"{version.path}pictures/{blue.sha256}/")) == blue.data


def test_both_texts_are_shown_as_they_read(cast: Cast, desk: Desk) -> None:
    report = saved(cast, desk.start())
    stale = sent(report, doc=schema.write(schema.blank([table("b", "合计三场")])), base="0")
    answer = cast.lu.client.post(f"{report.path}edit/", stale)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<td colspan="2">合计两场</td>' in page and '<td colspan="2">合计三场</td>' in page
    assert answer.context["form"]["d0"].value() == stale["d0"]
    report.refresh_from_db()
    assert report.docs == {"gains": TEXT}


def test_the_groups_words_go_behind_a_document(cast: Cast) -> None:
    longer = received(with_lines(TEXT, "一\n\n二"))
    assert longer["blocks"][:2] == DOC["blocks"]
    assert [one["runs"] for one in longer["blocks"][2:]] == [
        [{"words": "一"}],
        [],
        [{"words": "二"}],
    ]


def test_a_word_file_that_came_back_is_edited_with_its_tables(cast: Cast, desk: Desk) -> None:
    version = handed_in(cast)
    return_report(cast.qin.act(), report=version.report, reason="请补充。")
    report = Report.objects.with_names().get()
    gains = version.sections[0]["text"]
    said = fields(cast.lu.client.get(f"{report.path}edit/"))
    assert said["d0"] == gains
    doc = schema.read(gains)
    doc["blocks"].append(para("new", "补充一句。"))
    more = said | {"d0": schema.write(doc), "p0-title": "无"}
    assert cast.lu.client.post(f"{report.path}edit/", more).status_code == 302
    second = submit_report(cast.lu.act(), report=Report.objects.get())
    assert second.sections[0]["text"] == schema.write(doc)
    assert second.sections[1] == version.sections[1]
    shown = cast.lu.client.get(f"{second.path}pictures/{sha(RED)}/")
    assert b"".join(shown) == RED


def test_a_draft_of_before_is_edited_with_the_tables_of_its_version(cast: Cast, desk: Desk) -> None:
    version = handed_in(cast)
    return_report(cast.qin.act(), report=version.report, reason="请补充。")
    Report.objects.update(docs=None)
    docs = queries.content_of(Report.objects.get()).docs
    assert docs == {
        one["key"]: one["text"] for one in version.sections if one.get("form") == "doc/1"
    }
    assert len(docs) == 3


def test_a_file_leaves_the_document_of_a_section_it_says_nothing_of(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    doc = schema.write(schema.blank([para("a", "怎么办："), table("b", "三步")]))
    other = {"d2": doc, "s0": "旧的", "s1": TEXTS["snags"]}
    saved(cast, report, doc=None, **other)
    page = fields(choose(cast.lu, where(cast), WORD))
    apart = {name: KEPT_OUT for name in page if name.endswith("-words")}
    kept_out = {name.replace("-words", "-to"): to for name, to in apart.items()}
    done = cast.lu.client.post(where(cast), page | kept_out | {"p0-title": "无"})
    assert done.status_code == 302, done.content.decode()
    version = Version.objects.get()
    assert version.sections[2]["text"] == doc
    assert version.sections[0]["form"] == "doc/1"


def page_of(player: Any, report: Report) -> dict[str, str]:
    """The form as this person's page has it."""
    blank = dict.fromkeys(("p0-title", "p0-who", "p0-due", "d0", "d1", "d2", "s0", "s1", "s2"), "")
    return blank | fields(player.client.get(f"{report.path}edit/"))


def autosaved(player: Any, report: Report, said: dict[str, str]) -> tuple[str, dict[str, str]]:
    """What an automatic save answers, and the form with what it was told."""
    answer = player.client.post(f"{report.path}edit/", said, headers={"HX-Request": "true"})
    text = answer.content.decode()
    told = re.findall(r'name="(h\w|base)" id="\w+" value="(\w*)" hx-swap-oob', text)
    return text, said | dict(told)


def test_two_people_in_different_sections_never_collide(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    lu, mao = page_of(cast.lu, report), page_of(cast.mao, report)
    _, lu = autosaved(cast.lu, report, lu | {"s0": "卢一", "p0-title": "无"})
    text, mao = autosaved(cast.mao, report, mao | {"s1": "毛一", "d2": TEXT})
    assert "别人也在改“本月成果”" in text and "没有保存" not in text
    text, lu = autosaved(cast.lu, report, lu | {"s0": "卢一。卢二"})
    assert "别人也在改“存在问题、解决措施”" in text
    sent_by_hand = cast.mao.client.post(f"{report.path}edit/", mao | {"s1": "毛一。毛二"})
    assert sent_by_hand.status_code == 302
    report.refresh_from_db()
    assert report.sections["gains"] == "卢一。卢二"
    assert report.sections["snags"] == "毛一。毛二"
    assert report.docs == {"cures": TEXT}
    assert [one["title"] for one in report.plan] == ["无"]


def test_two_people_in_one_section_see_both_texts_and_lose_nothing(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    autosaved(cast.lu, report, page_of(cast.lu, report) | {"s0": "一句"})
    lu, mao = page_of(cast.lu, report), page_of(cast.mao, report)
    autosaved(cast.lu, report, lu | {"s0": "卢写的", "s1": "卢的问题", "p0-title": "走访"})
    changed = {"s0": "毛写的", "s2": "毛的措施", "p0-title": "座谈"}
    text, same = autosaved(cast.mao, report, mao | changed)
    assert "没有保存" in text and same == mao | changed
    page = cast.mao.client.post(f"{report.path}edit/", same)
    assert page.status_code == 422
    assert [one["label"] for one in page.context["theirs"]] == ["本月成果", "下月计划"]
    assert "走访" in page.context["theirs"][1]["stored"]
    shown = same | fields(page)
    # the box of the section that the other alone changed shows what stands now
    assert (shown["s0"], shown["s1"], shown["s2"]) == ("毛写的", "卢的问题", "毛的措施")
    done = cast.mao.client.post(f"{report.path}edit/", shown | {"s0": "卢写的毛写的"})
    assert done.status_code == 302
    report.refresh_from_db()
    assert report.sections == {"gains": "卢写的毛写的", "snags": "卢的问题", "cures": "毛的措施"}


def remarked(words: str, by: str = "", at: str = "") -> str:
    said = {"id": "a", "kind": "paragraph", "runs": [{"words": "成果", "said": ["r"]}]}
    facts = {"r": {"by": by, "at": at, "words": words}}
    return schema.write(schema.blank([said]) | {"comments": facts})


def test_a_remark_carries_the_name_of_who_saved_it_whatever_the_browser_says(
    cast: Cast, desk: Desk
) -> None:
    report = desk.start()

    def held() -> dict[str, str]:
        report.refresh_from_db()
        return dict(json.loads(report.docs["gains"])["comments"]["r"])

    lu = page_of(cast.lu, report) | {"p0-title": "无"}
    _, lu = autosaved(cast.lu, report, lu | {"d0": remarked("哪些？", "别人", "2020")})
    first = held()
    assert first["by"] == cast.lu.person.label and first["at"] > "2021"
    # another one's save leaves it; changed words are theirs
    mao = page_of(cast.mao, report)
    text, mao = autosaved(cast.mao, report, mao | {"s1": "无"})
    assert held() == first
    _, mao = autosaved(cast.mao, report, mao | {"d0": remarked("哪两场？", first["by"])})
    assert held()["by"] == cast.mao.person.label
    # the page of who knows it by no name is not taken for another's change
    assert "别人也在改" not in text


def test_whatever_the_order_no_acknowledged_sentence_is_lost() -> None:
    """Three writers, three sections, a thousand orders of typing and saving: what was acknowledged
    stands, or its section was given other words by somebody who had seen it."""
    keys = ("a", "b", "c")
    for seed in range(1000):
        chance = random.Random(seed)
        stored = Content(dict.fromkeys(keys, ""))
        pages = [dict.fromkeys(keys, "") for _ in range(3)]
        known = [marks_of(stored, keys) for _ in range(3)]
        acked: set[str] = set()
        for turn in range(24):
            who = chance.randrange(3)
            page = pages[who]
            if chance.random() < 0.7:
                page[chance.choice(keys)] += f"[{seed}.{turn}]"
                continue
            found = merged(stored, Content(dict(page)), known[who])
            if found.both:  # both texts are shown: they are put together by hand
                for key in keys:
                    if f"s.{key}" in found.both:
                        page[key] = stored.sections[key] + page[key]
                    elif f"s.{key}" in found.others:
                        page[key] = stored.sections[key]
                known[who] = marks_of(stored, keys)
                found = merged(stored, Content(dict(page)), known[who])
            stored = found.content
            known[who] = marks_of(Content(dict(page)), keys)
            acked |= {one for text in page.values() for one in re.findall(r"\[[\d.]+\]", text)}
        said = "".join(stored.sections.values())
        assert {one for one in acked if one not in said} == set(), seed
