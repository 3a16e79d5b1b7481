"""The cases of the research behind a published report: what is settled, nothing else."""

from types import SimpleNamespace
from typing import Any

import pytest

from keti.documents.rules.written import Head, Written
from keti.release.queries import annexes
from keti.research.actions import Said, enter, settle
from keti.research.models import Node
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A version of a report whose charter asks for its cases."""
    monkeypatch.setattr(annexes, "spec_of", lambda _duty: SimpleNamespace(annexes=("cases",)))
    report = SimpleNamespace(obligation=None)
    return SimpleNamespace(programme=cast.programme, report=report)


def case(cast: Cast, title: str, **more: Any) -> Node:
    said = Said("case", title, **more)
    return enter(cast.qin.act(), programme=cast.programme, said=said)


def test_there_is_no_annex_without_a_case_that_may_be_printed(cast: Cast, version: Any) -> None:
    assert annexes.annexes_of(version, None, "zh-hans") == ()
    case(cast, "还在写的案例")
    hidden = case(cast, "不公开的案例", confidential=True)
    settle(cast.qin.act(), node=hidden)
    assert annexes.annexes_of(version, None, "zh-hans") == ()


def test_settled_cases_are_printed_by_number_without_who_supplied_them(
    cast: Cast, version: Any
) -> None:
    facts = {"facts": "试点三年。", "supplier": "某公司（演示）"}
    first = case(
        cast, "平台试点", title_en="A pilot", text_zh="全文。", text_en="Whole.", facts=facts
    )
    second = case(cast, "社区试点")
    for one in (second, first):
        settle(cast.qin.act(), node=one)
    [annex] = annexes.annexes_of(version, None, "zh-hans")
    heads = [one.words for one in annex.body if isinstance(one, Head)]
    words = [one.words for one in annex.body if isinstance(one, Written)]
    assert (annex.title, heads) == ("案例", ["平台试点", "社区试点"])
    assert words == ["全文。", "事实：试点三年。"]
    [english] = annexes.annexes_of(version, None, "en")
    assert english.title == "Cases" and english.body[0] == Head("A pilot")
    assert english.body[1] == Written("Whole.")
