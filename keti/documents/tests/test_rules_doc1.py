"""`doc/1`: one spelling, a reader that lets nothing else in, and words that are all shown."""
# ruff: noqa: E501

import json
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keti.documents.rules.doc1 import schema
from keti.documents.rules.doc1.cutting import cut
from keti.documents.rules.doc1.drawn import svg
from keti.documents.rules.doc1.plain import plain, table_of
from keti.documents.rules.html import to_html
from keti.documents.rules.layout import laid_out
from keti.documents.rules.paper import Paper
from keti.documents.rules.tree import trees
from keti.documents.rules.typed import shown
from keti.documents.rules.written import DOC, Written, as_body
from keti.kernel.refusals import Refused

WORDS = st.text("甲乙丙A<&\"'*_ 1\u3000\n𠮷", min_size=1, max_size=12)
BY = st.fixed_dictionaries({"by": st.sampled_from(["钱（演示）", ""]), "at": st.just("2022-05-06")})


@st.composite
def runs(draw: Any, notes: bool = True) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for _n in range(draw(st.integers(1, 3))):
        run: dict[str, Any] = {"words": draw(WORDS)}
        marks = draw(st.sets(st.sampled_from(schema.MARKS), max_size=3))
        if marks:
            run["marks"] = [one for one in schema.MARKS if one in marks]
        if draw(st.booleans()):
            run[draw(st.sampled_from(["ins", "cut"]))] = draw(BY)
        if draw(st.integers(0, 5)) == 0:
            run["link"] = "https://example.org/?a=1&b=2"
        out.append(run)
    if notes and draw(st.integers(0, 3)) == 0:
        inner = draw(runs(notes=False))
        out.append({"note": [{"kind": "paragraph", "runs": inner}]})
    return out


@st.composite
def blocks(draw: Any, deep: int = 0) -> dict[str, Any]:
    kind = draw(st.sampled_from(["paragraph", "heading", "item", "table", "chart"][: 5 - 2 * deep]))
    if kind == "table":
        columns = draw(st.integers(1, 3))
        rows: list[Any] = []
        for _n in range(draw(st.integers(1, 3))):
            wide = draw(st.integers(1, columns))
            first = [{"rows": 1, "cols": wide, "blocks": draw(st.lists(blocks(1), max_size=2))}]
            rows.append(first + [{"rows": 1, "cols": 1, "blocks": []}] * (columns - wide))
        return {"kind": kind, "columns": columns, "head": draw(st.integers(0, 1)), "rows": rows}
    if kind == "chart":
        labels = draw(st.lists(WORDS, min_size=1, max_size=3))
        value = st.sampled_from(["1", "-2.5", "", "3e4", "0"])
        values = [draw(value) for _one in labels]
        series = [{"name": draw(WORDS), "values": values}]
        form = draw(st.sampled_from(schema.CHARTS))
        return {"kind": kind, "form": form, "title": "", "labels": labels, "series": series}
    level = {} if kind == "paragraph" else {"level": draw(st.integers(1, 9))}
    return {"kind": kind, **level, "runs": draw(runs())}


def named(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with names, as a file that is read gives them."""
    doc = json.loads(json.dumps(some))
    todo, count = list(doc), 0
    while todo:
        one = todo.pop(0)
        if "kind" in one:
            count += 1
            one["id"] = f"b{count}"
        for run in one.get("runs", ()):
            todo += run.get("note", [])
        for row in one.get("rows", ()) if isinstance(one.get("rows"), list) else ():
            for cell in row:
                todo += cell["blocks"]
    return list(doc)


DOCS = st.lists(blocks(), min_size=1, max_size=4).map(lambda some: schema.blank(named(some)))


@settings(max_examples=60, deadline=None)
@given(DOCS)
def test_what_is_written_is_read_and_every_adapter_shows_every_word(doc: schema.Doc) -> None:
    text = schema.write(doc)
    assert schema.write(schema.read(text)) == text
    page = unescape(to_html((Written(text, DOC),)))
    pdf = json.dumps(laid_out(Paper("notice", "题", body=as_body(text, DOC))), ensure_ascii=False)
    for block in schema.every_block(doc["blocks"]):
        for run in block.get("runs", ()):
            for line in run.get("words", "").split("\n"):
                assert line in page
                assert json.dumps(line, ensure_ascii=False)[1:-1].strip() in pdf
    assert isinstance(plain(text), str)
    assert len(trees([as_body(text, DOC)])[0]) <= len(doc["blocks"])


@settings(max_examples=80, deadline=None)
@given(DOCS, st.data())
def test_a_document_changed_anywhere_is_read_or_refused(doc: schema.Doc, data: Any) -> None:
    """Whatever one value is put in another's place, nothing but a refusal comes out."""
    odd = data.draw(st.sampled_from([None, -1, 10**9, "x", "b1", [], {}, True, 1.5, "\u202e"]))
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key in node if isinstance(node, dict) else range(len(node)):
            places.append((node, key))
            if isinstance(node[key], (dict, list)):
                walk(node[key])

    walk(doc)
    node, key = data.draw(st.sampled_from(places))
    node[key] = odd
    try:
        to_html((Written(schema.write(schema.checked(doc)), DOC),))
    except Refused as refused:
        assert refused.code == "documents.doc-not-in-form"
        assert refused.sentence("zh-hans") and refused.sentence("en")


P = '{"id":"b1","kind":"paragraph","runs":[{"words":"甲"}]}'
HOSTILE = {
    "no JSON": "{",
    "not canonical": f'{{"blocks":[{P}], "comments":{{}},"form":"doc/1"}}',
    "a key twice": '{"blocks":[],"blocks":[],"comments":{},"form":"doc/1"}',
    "nested": "[" * 100_000,
    "another format": '{"blocks":[],"comments":{},"form":"doc/2"}',
    "a script": '{"blocks":[{"id":"b1","kind":"html","runs":[]}],"comments":{},"form":"doc/1"}',
    "infinity": '{"blocks":[{"id":"b1","kind":"item","level":NaN,"runs":[]}],"comments":{},"form":"doc/1"}',
    "a comment of nobody": '{"blocks":[],"comments":{"c1":{"at":"","by":"","words":""}},"form":"doc/1"}',
    "a name twice": f'{{"blocks":[{P},{P}],"comments":{{}},"form":"doc/1"}}',
    "a bad link": '{"blocks":[{"id":"b1","kind":"paragraph","runs":[{"link":"javascript:x","words":"a"}]}],"comments":{},"form":"doc/1"}',
    "turned words": '{"blocks":[{"id":"b1","kind":"paragraph","runs":[{"words":"\u202ea"}]}],"comments":{},"form":"doc/1"}',
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_is_no_document_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(Refused, match=r"documents\.doc-not-in-form") as refused:
        schema.read(HOSTILE[name])
    assert "Word" in refused.value.sentence("zh-hans")


def cell(rows: int = 1, cols: int = 1) -> dict[str, Any]:
    return {"rows": rows, "cols": cols, "blocks": []}


@pytest.mark.parametrize(
    ("rows", "good"),
    [
        ([[cell(2), cell()], [cell()]], True),
        ([[cell(cols=2)], [cell(), cell()]], True),
        ([[cell(2, 2)], []], True),
        ([[cell(), cell()], [cell()]], False),
        ([[cell(3), cell()], [cell()]], False),
        ([[cell(), cell(2)], [cell(cols=2)]], False),
        ([[cell(cols=3)]], False),
    ],
)
def test_every_row_of_a_table_fills_its_columns(rows: list[Any], good: bool) -> None:
    block = {"id": "b1", "kind": "table", "columns": 2, "head": 0, "rows": rows}
    if good:
        schema.checked(schema.blank([block]))
        return
    with pytest.raises(Refused):
        schema.checked(schema.blank([block]))


def test_a_formula_is_kept_in_one_spelling_only() -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    good = f'<m:oMath {space}><m:r><m:t xml:space="preserve">x&lt;1</m:t></m:r></m:oMath>'
    formula = {"id": "b1", "kind": "formula", "omml": good, "text": "x<1"}
    doc = schema.checked(schema.blank([formula]))
    page = to_html((Written(schema.write(doc), DOC),))
    assert "<math" in page and "<mo>&lt;</mo>" in page
    for omml, text in (
        (good.replace("<m:r>", '<m:r onload="x">'), "x<1"),
        (good.replace("</m:oMath>", "<script>1</script></m:oMath>"), "x<1"),
        (good, "x>1"),
        ("<!DOCTYPE a><a/>", ""),
        ("", ""),
    ):
        with pytest.raises(Refused):
            schema.checked(schema.blank([formula | {"omml": omml, "text": text}]))


def test_a_section_takes_its_comments_along() -> None:
    one = {"id": "b1", "kind": "paragraph", "runs": [{"words": "甲", "said": ["c1"]}]}
    two = {"id": "b2", "kind": "paragraph", "runs": [{"words": "乙", "said": ["c2"]}]}
    remark = {"by": "", "at": "", "words": "？"}
    doc = schema.blank([one, two]) | {"comments": {"c1": remark, "c2": remark}}
    part = schema.checked(cut(schema.checked(doc), [1]))
    assert (part["blocks"], list(part["comments"])) == ([two], ["c2"])


def test_words_cut_out_are_not_said_and_those_put_in_are() -> None:
    who = {"by": "钱", "at": ""}
    run = [{"words": "三", "cut": who}, {"words": "两", "ins": who}, {"words": "处"}]
    text = schema.write(schema.blank([{"id": "b1", "kind": "paragraph", "runs": run}]))
    assert plain(text) == "两处"
    assert to_html(as_body(text, DOC)) == (
        '<p><del class="cut" title="钱">三</del><ins title="钱">两</ins>处</p>'
    )


@pytest.mark.parametrize("form", schema.CHARTS)
def test_a_chart_is_drawn_from_its_values(form: str) -> None:
    series = [{"name": "金额<b>", "values": ["1", "", "3"]}]
    chart = {"form": form, "title": "季度&金额", "labels": ["一", "二", "三"], "series": series}
    drawn = svg(chart)
    assert "<b>" not in drawn and "季度&amp;金额" in drawn
    sign = {"bar": "<rect", "line": "<circle", "pie": 'stroke="#fff"'}[form]
    # two values of three are drawn; bars have one more mark for what their colour is
    assert drawn.count(sign) == (3 if form == "bar" else 2)
    assert table_of(chart) == [["", "金额<b>"], ["一", "1"], ["二", ""], ["三", "3"]]


def test_stored_bytes_that_are_no_document_stand_as_they_are() -> None:
    page = to_html((Written('{"form":"doc/1"}', DOC),))
    assert shown(unescape(page)).count('{"form":"doc/1"}') == 1
