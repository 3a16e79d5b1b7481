"""References of a draft: pasted, mended, taken out, cited, frozen, gathered by the final report."""

import pytest
from django.urls import reverse

from keti.documents.rules.refs.item import Reference as Held
from keti.kernel.refusals import Refused
from keti.reports import actions, queries, rules
from keti.reports.models import Reference, Report
from tests.cast import Cast

from .conftest import Desk

LINES = """[1] 王某. 甲书: 乙[M]. 北京: 某出版社, 2020: 35.
没有标识的一行"""
BIB = "@article{smith21, author={Smith, John A.}, title={A thing}, journal={Things}, year=2021}"


@pytest.fixture
def month(cast: Cast, desk: Desk) -> Report:
    """A draft of the red group."""
    return desk.start("lu", "moon", "2030-04")


def keys(report: Report) -> list[str]:
    return list(
        Reference.objects.filter(report=report).order_by("pk").values_list("key", flat=True)
    )


def test_what_is_pasted_is_read_kept_and_never_twice(cast: Cast, month: Report) -> None:
    added = actions.add_references(cast.lu.act(), report=month, text=LINES)
    assert (len(added.new), added.known) == (2, 0)
    book, odd = added.new
    assert (book.key, book.title, book.who, book.year) == ("王某2020", "甲书: 乙", "王某", "2020")
    assert (book.unread, odd.unread, odd.typed) == ("", "没有标识的一行", "没有标识的一行")
    again = actions.add_references(cast.lu.act(), report=month, text=f"{LINES}\n{LINES}")
    assert (len(again.new), again.known) == (0, 4)
    more = actions.add_references(cast.lu.act(), report=month, text=BIB)
    assert keys(month) == [book.key, odd.key, "smith21"] and len(more.new) == 1


def test_who_does_not_write_and_what_is_handed_in_is_refused(cast: Cast, month: Report) -> None:
    with pytest.raises(Refused, match=r"reports\.not-your-group"):
        actions.add_references(cast.fang.act(), report=month, text=LINES)
    with pytest.raises(Refused, match=r"reports\.no-reference-typed"):
        actions.add_references(cast.lu.act(), report=month, text=" \n ")
    [book, _odd] = actions.add_references(cast.lu.act(), report=month, text=LINES).new
    Report.objects.filter(pk=month.pk).update(state="submitted", latest=1)
    held = Held(book.key, book.item | {"title": "丙"}, book.typed)
    for deed in (
        lambda act: actions.add_references(act, report=month, text=BIB),
        lambda act: actions.mend_reference(act, reference=book, held=held, before=""),
        lambda act: actions.remove_reference(act, reference=book),
    ):
        with pytest.raises(Refused, match=r"reports\.not-editable"):
            deed(cast.lu.act())
    assert keys(month) == [book.key, _odd.key]


def test_one_is_mended_unless_somebody_else_did(cast: Cast, month: Report) -> None:
    [_book, odd] = actions.add_references(cast.lu.act(), report=month, text=LINES).new
    before = queries.print_of(odd)
    item = {"type": "book", "title": "丁", "author": [{"literal": "赵某"}]}
    held = Held("another", item, "x")
    mended = actions.mend_reference(cast.lu.act(), reference=odd, held=held, before=before)
    assert (mended.key, mended.title, mended.unread) == (odd.key, "丁", "")
    assert mended.typed == "没有标识的一行"
    same = actions.mend_reference(cast.lu.act(), reference=odd, held=held, before=before)
    assert same.pk == odd.pk  # sent twice: nothing to say
    other = Held(odd.key, item | {"title": "戊"}, "")
    with pytest.raises(Refused, match=r"reports\.reference-changed"):
        actions.mend_reference(cast.lu.act(), reference=odd, held=other, before=before)
    with pytest.raises(Refused, match=r"reports\.reference-needs-title"):
        actions.mend_reference(cast.lu.act(), reference=odd, held=Held("k", {}), before=before)
    actions.remove_reference(cast.lu.act(), reference=odd)
    actions.remove_reference(cast.lu.act(), reference=odd)
    with pytest.raises(Refused, match=r"reports\.reference-gone"):
        actions.mend_reference(cast.lu.act(), reference=odd, held=other, before=before)


def test_a_version_keeps_its_references_and_its_hash_without_any(
    cast: Cast, desk: Desk, month: Report
) -> None:
    texts = {key: f"{key}见[@王某2020]" for key in month_sections(month)}
    content = rules.Content(texts, [rules.PlanItem("无")])
    actions.save_draft(cast.lu.act(), report=month, content=content, base=month.revision)
    actions.add_references(cast.lu.act(), report=month, text=f"{BIB}\n".strip())
    actions.add_references(cast.lu.act(), report=month, text=LINES)
    version = actions.submit_report(cast.lu.act(), report=month)
    assert [one.key for one in version.listed][:2] == ["smith21", "王某2020"]
    assert version.references["by"] == "2015"
    read = queries.texts(version, "zh-hans")
    assert read.references[:2] == (
        "王某. 甲书: 乙[M]. 北京: 某出版社, 2020: 35.",
        "SMITH J A. A thing[J]. Things, 2021.",
    )
    assert queries.paper(version, "zh-hans").references == read.references
    page = cast.lu.client.get(version.path).content.decode()
    for plan, listed in (('#plan"', '#references"'), ('id="plan"', 'id="references"')):
        assert 0 < page.index(plan) < page.index(listed)  # as the paper has them
    version.references = None
    assert queries.texts(version, "zh-hans").references == ()


def month_sections(report: Report) -> list[str]:
    return [one.key for one in queries.spec_of(report.obligation).sections]


def test_pages_show_the_list_and_take_what_is_typed(cast: Cast, month: Report) -> None:
    client = cast.lu.client
    page = f"{month.path}references/"
    answer = client.post(page, {"key": "k1", "text": LINES}, follow=True)
    shown = answer.content.decode()
    assert "王某. 甲书: 乙[M]. 北京: 某出版社, 2020: 35." in shown and "[@王某2020]" in shown
    assert "没有读出：没有标识的一行" in shown and "添加了 2 条" in shown
    empty = client.post(page, {"key": "k2", "text": "  "})
    assert empty.status_code == 422
    row = Reference.objects.get(report=month, key="王某2020")
    form = client.get(row.path).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    done = client.post(row.path, typed | {"title": "甲书", "author": "Smith, John\n王某"})
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.item["title"] == "甲书" and row.item["author"][0]["family"] == "Smith"
    listed = client.get(
        reverse("reports:all_references", args=[cast.programme.slug]), {"q": "甲书"}
    )
    assert "甲书" in listed.content.decode() and "没有标识" not in listed.content.decode()
    assert client.post(f"{row.path}remove/", {"key": "k3"}).status_code == 302
    assert not Reference.objects.filter(pk=row.pk).exists()
