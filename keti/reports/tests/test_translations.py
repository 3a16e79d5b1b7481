"""Editions by language: a translation beside each section, marked when its original changes."""

from typing import Any

import pytest

from keti.charter.rules.compiled import Section
from keti.documents.rules.doc1 import schema
from keti.documents.rules.written import Written
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused
from keti.reports import queries, rules
from keti.reports.actions import save_translation, submit_report
from keti.reports.models import Report
from keti.reports.rules import Content
from tests.cast import Cast

from .conftest import FIRST, typed
from .test_editor import remarked

SECOND = "第一句，改过了。"


def _translated(cast: Cast, report: Report, words: str, **more: Any) -> Report:
    content = Content({"matter": words})
    return save_translation(cast.lu.act(), report=report, lang="en", content=content, **more)


def _said(report: Report, lang: str) -> list[str]:
    version = queries.newest_of(report)
    assert version is not None
    body = queries.paper(version, lang).body
    return [one.words for one in body if isinstance(one, Written)]


def test_the_charter_says_which_editions_there_are(cast: Cast, part: Report) -> None:
    assert queries.editions_of(part.obligation) == {"en": ("matter",)}
    assert queries.editions_of(cast.duty("moon", "cell.red")) == {}


def test_each_edition_is_in_one_language(cast: Cast, part: Report) -> None:
    _translated(cast, part, "The first sentence.")
    submit_report(cast.lu.act(), report=part)
    assert _said(part, "zh-hans") == [FIRST]
    assert _said(part, "en") == ["The first sentence."]


def test_a_translation_is_suspect_when_its_original_changes(cast: Cast, part: Report) -> None:
    _translated(cast, part, "The first sentence.")
    typed(cast, part, SECOND)
    assert "1 处译文待核对" in cast.lu.client.get(f"{part.path}edit/").content.decode()
    version = submit_report(cast.lu.act(), report=part)
    assert version.sections[0]["texts"]["en"]["suspect"] is True
    english = _said(part, "en")
    assert english[0].startswith("(The original was changed") and len(english) == 2


def test_what_was_checked_is_of_the_words_that_stand(cast: Cast, part: Report) -> None:
    _translated(cast, part, "The first sentence.")
    part = _translated(cast, typed(cast, part, SECOND), "The first sentence.")
    held = rules.translation_of(part.translations["en"])
    assert held.suspect("matter", queries.content_of(part))
    part = _translated(cast, part, "The first sentence.", checked={"matter"})
    held = rules.translation_of(part.translations["en"])
    assert not held.suspect("matter", queries.content_of(part))


def test_a_version_without_translations_is_frozen_as_before(cast: Cast, part: Report) -> None:
    version = submit_report(cast.lu.act(), report=part)
    assert "texts" not in version.sections[0]
    assert _said(part, "en") == [FIRST]


def test_what_is_not_translated_says_so() -> None:
    rows = [
        {"key": "a", "title_zh": "甲", "title_en": "A", "text": "一", "form": "plain/1",
         "texts": {"en": {"text": "one", "form": "plain/1"}}},
        {"key": "b", "title_zh": "乙", "title_en": "B", "text": "二", "form": "plain/1"},
    ]  # fmt: skip
    said = [one.words for one in rules.body(rows, "en") if isinstance(one, Written)]
    assert said == ["one", "(Not translated; the original stands here.)", "二"]
    assert [one.words for one in rules.body(rows, "zh") if isinstance(one, Written)] == ["一", "二"]


def test_two_at_once_lose_nothing(cast: Cast, part: Report) -> None:
    _translated(cast, part, "Old.")
    known = rules.marks_of(Content({"matter": "Old."}), ["matter"])
    _translated(cast, part, "Mine.", known=known)
    with pytest.raises(Refused) as refused:
        _translated(cast, part, "Theirs.", known=known)
    assert refused.value.code == "reports.stale-translation"
    with pytest.raises(Refused) as refused:
        save_translation(cast.lu.act(), report=part, lang="fr", content=Content({}))
    assert refused.value.code == "reports.no-such-edition"


def test_the_page_sets_both_side_by_side(cast: Cast, part: Report) -> None:
    where = f"{part.path}translation/en/"
    _translated(cast, part, "Old words.")
    page = cast.lu.client.get(where)
    assert FIRST in page.content.decode() and "Old words." in page.content.decode()
    sent = {name: page.context["form"][name].value() or "" for name in ("key", "s0", "d0", "h0")}
    done = cast.lu.client.post(where, sent | {"s0": "The first sentence."})
    assert done.status_code == 302
    part.refresh_from_db()
    assert part.translations["en"]["sections"] == {"matter": "The first sentence."}
    again = cast.lu.client.post(where, sent | {"s0": "Another."})
    assert again.status_code == 422
    assert "Another." in again.content.decode() and "The first sentence." in again.content.decode()
    assert cast.lu.client.get(f"{part.path}translation/fr/").status_code == 404
    assert cast.he.client.get(where).status_code == 404


def test_a_summary_has_both_languages_always() -> None:
    one = Section("gist", Text("摘要", "Summary"), summary=True)
    assert rules.section_rows([one], {"gist": "短。"})[0]["summary"] is True


def test_title_and_summary_stand_in_the_other_language_too(cast: Cast, part: Report) -> None:
    _translated(cast, part, "The first sentence.")
    version = submit_report(cast.lu.act(), report=part)
    version.sections = [version.sections[0] | {"summary": True}]
    chinese, english = queries.paper(version, "zh-hans"), queries.paper(version, "en")
    assert [one.words for one in chinese.summary if isinstance(one, Written)] == [FIRST]
    assert chinese.other_summary == english.summary != chinese.summary == english.other_summary


def test_a_remark_on_a_translation_carries_the_name_of_who_saved_it(
    cast: Cast, part: Report
) -> None:
    doc = remarked("Which one?", "Somebody else", "2020")
    content = Content({"matter": ""}, (), {"matter": doc})
    report = save_translation(cast.lu.act(), report=part, lang="en", content=content)
    [said] = schema.read(report.translations["en"]["docs"]["matter"])["comments"].values()
    assert said["by"] == cast.lu.person.label and said["at"] > "2021"
