"""A gate that asks for the whole chain is not opened while it lacks something, and says what."""

from dataclasses import replace

import pytest

from keti.charter import queries as charter
from keti.research.actions import Said, change
from keti.research.tests.conftest import Chain
from keti.review.models import Gate
from keti.review.queries import reading


@pytest.fixture
def chain(cast):
    return Chain(cast)


@pytest.fixture
def final(cast, monkeypatch):
    """The gate of the start, as if its charter asked for the whole chain."""
    gate = Gate.objects.select_related("programme", "group").get(
        programme=cast.programme, kind="setup"
    )
    real = charter.compiled(cast.programme)
    asking = tuple(
        replace(one, when="trace.complete") if one.kind == "setup" else one for one in real.gates
    )
    monkeypatch.setattr(reading, "compiled", lambda _programme: replace(real, gates=asking))
    spec = next(one for one in asking if one.kind == "setup")
    monkeypatch.setattr(reading.permissions, "spec_of", lambda _gate: spec)
    return gate


def reasons(final, cast):
    return [str(one) for one in reading.guard_reasons(final, cast.moment)]


def test_each_gap_is_named_and_nothing_else(chain, cast, final):
    assert reasons(final, cast) == []
    advice = chain.enter("recommendation", "建议", facts={"instrument": "law"})
    secret = chain.enter("finding", "密", confidential=True)
    assert sorted(reasons(final, cast)) == [
        "研究链还缺：保密条目有 1 处缺口，请到“缺口”页查看。",
        "研究链还缺：政策建议1缺建议对象（要 1，现有 0）。",
        "研究链还缺：政策建议1缺研究发现（要 1，现有 0）。",
    ]
    chain.link(advice, chain.enter("addressee", "部门"), "addresses")
    chain.link(advice, secret)
    for n in range(2):
        chain.link(secret, chain.enter("source", f"来源{n}"))
    assert reasons(final, cast) == []
    said = Said("recommendation", "建议")
    change(cast.qin.act(), node=advice, said=said, version=1)
    assert reasons(final, cast) == ["研究链还缺：政策建议1缺政策工具（要 1，现有 0）。"]
