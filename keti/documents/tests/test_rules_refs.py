"""Forty references and more, each checked by hand against GB/T 7714 of 2015 and of 2025; all
works are invented. What is typed in either form is read to the same record."""

from pathlib import Path

import pytest

from keti.documents.rules.refs.gbline import read_line
from keti.documents.rules.refs.gbt import entry
from keti.documents.rules.refs.item import Reference, checked, key_for, same_as
from keti.documents.rules.refs.pasted import numbered, read_pasted
from keti.kernel.refusals import Refused

CASES = [
    tuple(part.split("\n"))
    for part in (Path(__file__).parent / "references.txt").read_text().strip().split("\n\n")
]
"""What was typed, the record of 2015, the record of 2025."""


def test_there_are_enough() -> None:
    assert len(CASES) >= 40 and {len(one) for one in CASES} == {3}


@pytest.mark.parametrize(("typed", "old", "new"), CASES, ids=[one[0][:40] for one in CASES])
def test_a_record_is_printed_as_each_standard_has_it(typed: str, old: str, new: str) -> None:
    [found] = read_pasted(typed)
    assert found.unread == ""
    held = Reference("k", found.item, found.typed)
    assert (entry(held, "2015"), entry(held, "2025")) == (old, new)
    # the printed record of 2015 is itself a line that people paste
    item, left = read_line(old)
    assert left == "" and entry(Reference("k", item, old), "2015") == old


def test_what_cannot_be_read_is_said_and_stands_as_typed() -> None:
    [found] = read_pasted("[3] 某人说的话，没有标识")
    assert (found.unread, found.item) == ("某人说的话，没有标识", {"type": "document"})
    assert entry(Reference("k", found.item, found.typed)) == "[3] 某人说的话，没有标识"
    [part] = read_pasted("王某. 甲书[M]. 这是别的话. 北京: 某出版社, 2020.")
    assert (part.unread, part.item["publisher"]) == ("这是别的话", "某出版社")
    [bib] = read_pasted("@book{a, title={甲}, shelf={三}, keywords={乙}}")
    assert (bib.key, bib.unread) == ("a", "shelf = 三")
    [ris] = read_pasted("TY  - BOOK\nTI  - 甲\nXX  - 乙\nER  - ")
    assert ris.unread == "XX - 乙"


@pytest.mark.parametrize(
    "text", ["", "{", "@", "@book{", "@book{a", "TY  - ", "[1]", "[{}]", "[M]"]
)
def test_anything_is_read_or_kept(text: str) -> None:
    for one in read_pasted(text):
        assert isinstance(entry(Reference("k", one.item, one.typed)), str)


def test_more_than_anybody_pastes_is_refused() -> None:
    with pytest.raises(Refused, match="too-many"):
        read_pasted("甲\n" * 501)
    with pytest.raises(Refused, match="too-long"):
        read_pasted("甲" * 400_001)


def test_keys_are_authors_and_years_and_never_twice() -> None:
    item = checked({"type": "book", "title": "甲", "author": [{"literal": "王 某"}]})
    assert key_for(item, set()) == "王某" and key_for(item, {"王某"}) == "王某a"
    found = read_pasted("@book{x, title={甲}, year=2020}\n@book{x, title={乙}, year=2021}")
    assert [one.key for one in numbered(found, {"甲2020"})] == ["x", "乙2021"]


def test_the_same_work_is_known_in_any_spelling() -> None:
    lines = ("王某. 甲书: 乙[M]. 北京: 某社, 2020.", "[7] 王某．甲书：乙[M]．北京：某社，2020．")
    one, two = (read_line(line)[0] for line in lines)
    assert same_as(one) == same_as(two) != ""
    assert same_as(one) != same_as(one | {"edition": "2"})
    assert same_as({"type": "book", "DOI": "10.1/X"}) == same_as(
        {"type": "article", "title": "t", "DOI": "https://doi.org/10.1/x"}
    )
    assert same_as({"type": "document"}) == ""


def test_csl_json_is_taken_as_it_is_without_what_is_unknown() -> None:
    text = '[{"id": "http://zotero/a/Z1", "type": "book", "title": "甲", "evil": 1, "author": 3}]'
    [found] = read_pasted(text)
    assert (found.key, found.item) == ("Z1", {"type": "book", "title": "甲"})
