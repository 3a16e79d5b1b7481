"""What no font can print is known before a paper is made, and is exactly what the PDF lacks."""

import io

from pypdf import PdfReader

from keti.documents.rules import glyphs
from keti.documents.rules.glyphs import Place, lacking, unprinted
from keti.documents.rules.paper import Paper
from keti.documents.rules.pdf import RARER, check_fonts, to_pdf
from keti.documents.rules.written import as_body

BULLET, LOGO = "\uf0b7", "\ue123"
EMOJI = "👍🇨🇳"


def test_ordinary_text_is_answered_without_a_look(monkeypatch) -> None:
    monkeypatch.setattr(glyphs, "_can_set", None)
    text = "一、总体情况（2030年）：60万~100万，增长 12.5%——“好”……\t※\n〔2030〕5号 naïve ～ ﹏"
    assert lacking(text.replace("﹏", "")) == []


def test_a_look_is_taken_once_for_each_character(monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(glyphs, "_known", {})
    monkeypatch.setattr(glyphs, "_can_set", lambda word: asked.append(word) or "Ω" not in word)
    assert lacking("αΩβ Ω") == lacking("αΩβ Ω") == ["Ω"]
    assert len(asked) <= 5
    assert lacking("Ж" * 9) == [] and len(asked) <= 6


def test_many_unknown_characters_cost_a_bounded_number_of_looks(monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(glyphs, "_known", {})
    monkeypatch.setattr(glyphs, "_can_set", lambda word: asked.append(word) and False)
    lacking("".join(map(chr, range(0x10000, 0x12000))))
    assert len(asked) == glyphs.MOST_LOOKS


def test_the_place_is_named_by_part_and_line() -> None:
    found = unprinted([("进展", f"第一行\n{BULLET} 要点{LOGO}\n"), ("计划", f"{LOGO}\x00{LOGO}")])
    assert found.places == (
        Place("进展", 2, ((BULLET, "U+F0B7"), (LOGO, "U+E123"))),
        Place("计划", 1, ((LOGO * 2, "U+E123 U+E123"),)),
    )
    assert not unprinted([("进展", "都能印。\n"), ("空", "")])
    many = unprinted([("进展", f"{BULLET}\n" * 33)])
    assert (len(many.places), many.more) == (20, 13)


def test_what_is_told_is_what_the_paper_lacks() -> None:
    text = f"甲{BULLET}乙\u9fff丙㛃丁𠮷戊\u3040己{EMOJI}庚ꙮ辛\U0010fffd壬"
    told = lacking(text)
    paper = Paper(kind="notice", title="通知", body=as_body(text))
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(paper))).pages)
    assert words.count("〓") == len(told)
    assert all(char not in words for char in told)
    assert {BULLET, "\u3040", "\U0010fffd"} <= set(told)
    if "Noto Color Emoji" not in check_fonts(RARER):
        assert not set(EMOJI) & set(told)


def test_every_character_taken_for_common_is() -> None:
    common = [chr(one) for one in range(0x20, 0xFFFF) if not 0xD800 <= one < 0xE000]
    word = "".join(char for char in common if not glyphs._RARE.match(char))
    assert len(word) > 20_000
    assert glyphs._can_set(word)
