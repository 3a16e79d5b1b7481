"""Two people in one section: whatever each changed stands, or both texts are shown."""

import itertools
import random
import re
import time
from dataclasses import dataclass, field

import pytest

from keti.documents.rules.doc1 import schema
from keti.reports.models import Report
from keti.reports.rules import Content, marks_of, merged
from keti.reports.rules.weaving import (
    blocks,
    fingerprints,
    sentences,
    woven_doc,
    woven_text,
)
from tests.cast import Cast

from .conftest import Desk
from .test_editor import autosaved, page_of, para, table

CLIENTS, TURNS, ORDERS = 8, 60, 1000


def test_what_was_sent_again_unheard_stands_once() -> None:
    base, typed = "一。二。三。", "一。二。新。三。"
    known = fingerprints(sentences(base))
    for stored in (
        "一。改。新。三。",
        "一。二。新。改。",
        "改。二。新。三。",
        "一。二。新。别。三。",
    ):
        assert woven_text(known, stored, typed) == stored
    # the same words somewhere else are others' words
    assert woven_text(known, "同。一。二。三。", "一。二。三。同。") == "同。一。二。三。同。"


def woven(base: str, stored: str, typed: str) -> str | None:
    return woven_text(fingerprints(sentences(base)), stored, typed)


@pytest.mark.parametrize(
    "text",
    [
        *("", "甲", "甲。乙！\n\n丙", "\n\n a. b.c. 「好。」他说；\n", "圆周率是3.14。"),
        *("\n", "…...。\n\n\n", 'Is it? "Yes." So'),
    ],
)
def test_the_sentences_together_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("base", "stored", "typed", "found"),
    [
        ("甲。乙。丙。", "甲。乙改。丙。", "甲。乙。丙改。", "甲。乙改。丙改。"),
        ("甲。乙。丙。", "甲。乙改。丙。", "甲。乙别。丙。", None),
        ("甲。乙。丙。", "甲。丙。", "甲。乙。丙。丁。", "甲。丙。丁。"),
        ("甲。乙。丙。", "甲。丙。", "甲。乙二。丙。", "甲。乙二。丙。"),
        ("甲。", "甲。乙。", "甲。丙。", "甲。乙。丙。"),
        ("甲。", "甲。\n\n乙。", "甲。\n\n丙。", "甲。\n\n乙。\n\n丙。"),
        ("甲。", "甲。乙", "甲。丙。", "甲。乙\n丙。"),
        ("", "甲。", "乙。", "甲。乙。"),
        # whose answer was lost on the way goes on typing
        ("甲。", "甲。今天我们", "甲。今天我们开会。", "甲。今天我们开会。"),
        ("甲。", "甲。今天。丁。", "甲。今天。明天。", "甲。今天。丁。明天。"),
        ("甲。我", "甲。我们", "甲。我们开会。", "甲。我们开会。"),
    ],
)
def test_changes_in_different_sentences_stand_together(
    base: str, stored: str, typed: str, found: str | None
) -> None:
    assert woven(base, stored, typed) == found
    if found is None:
        assert woven(base, typed, stored) is None


def sides(base: str, mine: str) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Every text that comes of keeping, taking out or replacing each sentence of the base and of
    putting one or none into each gap; with what was added, and what was taken out."""
    found = []
    pieces = sentences(base)
    for fates in itertools.product(["keep", "cut", "new"], repeat=len(pieces)):
        for gaps in itertools.product((False, True), repeat=len(pieces) + 1):
            out, added, gone = [], set(), set()
            for at in range(len(pieces) + 1):
                if gaps[at]:
                    out.append(f"{mine}隙{at}。")
                    added.add(out[-1])
                if at < len(pieces) and fates[at] == "keep":
                    out.append(pieces[at])
                elif at < len(pieces):
                    gone.add(pieces[at])
                    if fates[at] == "new":
                        out.append(f"{mine}换{at}。")
                        added.add(out[-1])
            found.append(("".join(out), frozenset(added), frozenset(gone)))
    return found


def test_every_pair_of_changes_of_a_small_text_against_what_each_meant() -> None:
    base = "甲。乙。"
    told = 0
    for (stored, more, less), (typed, added, gone) in itertools.product(
        sides(base, "彼"), sides(base, "我")
    ):
        found = woven(base, stored, typed)
        if found is None:
            told += 1
            assert less & gone or len(less | gone) > 1, "who only adds meets nobody"
            continue
        said = set(sentences(found))
        assert more <= said and added <= said
        assert said == more | added | (set(sentences(base)) - less - gone)
        assert len(sentences(found)) == len(said)
    assert 0 < told < 72 * 72


def doc(*made: dict[str, object], comments: dict[str, object] | None = None) -> str:
    return schema.write(schema.blank([*made]) | {"comments": comments or {}})


def test_documents_are_put_together_by_blocks() -> None:
    a, b, sheet = para("a", "甲"), para("b", "乙"), table("t", "两场")
    base = fingerprints(blocks(doc(a, sheet, b)))
    more = para("a", "甲改"), para("b", "乙改")
    found = woven_doc(base, doc(more[0], sheet, b), doc(a, sheet, more[1], para("c", "丙")))
    assert found == doc(more[0], sheet, more[1], para("c", "丙"))
    other = woven_doc(base, doc(para("a", "甲一"), sheet, b), doc(para("a", "甲二"), sheet, b))
    assert other is None
    assert woven_doc(base, doc(a, sheet), doc(a, table("t", "三场"), b)) == doc(
        a, table("t", "三场")
    )
    # one name for two new blocks is put right by hand
    assert (
        woven_doc(base, doc(a, sheet, b, para("n", "一")), doc(para("n", "二"), a, sheet, b))
        is None
    )


def test_comments_go_with_the_words_they_are_about() -> None:
    said = {"id": "b", "kind": "paragraph", "runs": [{"words": "乙", "said": ["k"]}]}
    note = {"k": {"by": "毛", "at": "2024-01-01", "words": "查一下"}}
    base = fingerprints(blocks(doc(para("a", "甲"), said, comments=note)))
    kept = woven_doc(
        base, doc(para("a", "甲改"), said, comments=note), doc(para("a", "甲"), para("b", "乙"))
    )
    assert kept == doc(para("a", "甲改"), para("b", "乙"))


def test_a_text_too_long_to_compare_is_put_together_by_hand_and_soon() -> None:
    long = "".join(f"第{n}句。" for n in range(3900))
    turned = "".join(f"第{n}句。" for n in reversed(range(3900)))
    begun = time.process_time()
    assert woven(long, turned, f"{long}末句。") is None
    assert woven("甲。" * 5000, "甲。" * 5000 + "乙。", "丙。") is None
    assert time.process_time() - begun < 20, "a bound against a hanging page, no measure of speed"


@dataclass
class Client:
    """Somebody's page: what is typed, what it knows, what it was told is saved."""

    text: str = ""
    known: dict[str, str] = field(default_factory=dict)


KEYS = ("s",)


def content(text: str) -> Content:
    return Content({"s": text})


def typed(client: Client, chance: random.Random, name: str) -> set[str]:
    """One more sentence somewhere, or another one in the place of one; what went."""
    here = sentences(client.text)
    place = chance.randrange(len(here) + 1)
    fresh = f"[{name}]。"
    if here and place < len(here) and chance.random() < 0.2:
        client.text = "".join([*here[:place], fresh, *here[place + 1 :]])
        return set(re.findall(r"\[[\d.]+\]", here[place]))
    client.text = "".join([*here[:place], fresh, *here[place:]])
    return set()


def test_eight_in_one_section_with_lost_answers_lose_no_acknowledged_sentence() -> None:
    by_hand = woven_ones = 0
    for seed in range(ORDERS):
        chance = random.Random(seed)
        stored, gone, acked = content(""), set[str](), set[str]()
        clients = [Client("", marks_of(stored, KEYS)) for _ in range(CLIENTS)]
        for turn in range(TURNS):
            one = chance.choice(clients)
            if chance.random() < 0.6:
                gone |= typed(one, chance, f"{seed}.{turn}")
                continue
            if chance.random() < 0.1:
                continue  # it never arrives
            found = merged(stored, content(one.text), one.known)
            if found.both:
                by_hand += 1
                mine = set(re.findall(r"\[[\d.]+\]", one.text))
                new = mine - set(re.findall(r"\[[\d.]+\]", stored.sections["s"])) - gone
                one.text = stored.sections["s"] + "".join(f"{name}。" for name in sorted(new))
                one.known = marks_of(stored, KEYS)
                found = merged(stored, content(one.text), one.known)
            woven_ones += bool(found.others)
            stored = found.content
            if chance.random() < 0.15:
                continue  # the answer is lost: the page knows nothing of it
            one.known = marks_of(content(one.text), KEYS)
            acked |= set(re.findall(r"\[[\d.]+\]", one.text))
        said = set(re.findall(r"\[[\d.]+\]", stored.sections["s"]))
        assert acked - gone - said == set(), seed
    assert woven_ones > by_hand > 0


def test_two_in_one_section_over_http_each_keep_what_they_wrote(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    autosaved(cast.lu, report, page_of(cast.lu, report) | {"s0": "甲。乙。", "p0-title": "无"})
    lu, mao = page_of(cast.lu, report), page_of(cast.mao, report)
    _, lu = autosaved(cast.lu, report, lu | {"s0": "甲改。乙。"})
    text, mao = autosaved(cast.mao, report, mao | {"s0": "甲。乙。丙。"})
    assert "别人也在改“本月成果”" in text and "没有保存" not in text
    _, mao = autosaved(cast.mao, report, mao | {"s0": "甲。乙。丙。丁。"})
    report.refresh_from_db()
    assert report.sections["gains"] == "甲改。乙。丙。丁。"
    text, _ = autosaved(cast.mao, report, mao | {"s0": "甲又改。乙。丙。丁。"})
    assert "没有保存" in text
    assert Report.objects.get().sections["gains"] == "甲改。乙。丙。丁。"
