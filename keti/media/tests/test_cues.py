"""Subtitles read, written, moved and checked, without a page."""

import random

import pytest

from keti.kernel.refusals import Refused
from keti.media.rules.checks import faults, signs
from keti.media.rules.cues import (
    MOST_BYTES,
    MOST_CUES,
    Cue,
    decoded,
    packed,
    read,
    shifted,
    to_srt,
    to_vtt,
    unpacked,
)

VTT = """WEBVTT - 讲话

NOTE 起草时的话
两行

STYLE
::cue { color: red }

a1
00:01.000 --> 00:03.500 align:start
<v 毛主任>各位<b>来宾</b> &amp; 同事

00:00:04.000 --> 00:00:05.000
下午好
"""


def code(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code, found.value.facts


def test_webvtt_is_read_with_who_speaks_and_without_marks():
    assert read(VTT) == [Cue(1000, 3500, "毛主任：各位来宾 & 同事"), Cue(4000, 5000, "下午好")]


def test_subrip_is_read_also_without_numbers_and_with_other_line_ends():
    text = "1\n00:00:01,5 --> 00:00:02,000\n<i>a</i> &amp; b\n\n0:00:03,000 --> 0:00:04,000\nc\n"
    text = text.replace("\n", "\r\n")
    assert read(text) == [Cue(1500, 2000, "a &amp; b"), Cue(3000, 4000, "c")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_file_in_any_usual_encoding(encoding):
    assert read(decoded(VTT.encode(encoding)))[1].text == "下午好"


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        ("", "media.no-cues", None),
        ("WEBVTT\n", "media.no-cues", None),
        ("1\n00:00:03,000 --> 00:00:02,000\na\n", "media.ends-before-it-starts", 2),
        ("1\n00:00:01,000 -> 00:00:02,000\na\n", "media.no-times", 1),
        ("1\n00:00:61,000 --> 00:00:99,000\na\n", "media.times-unread", 2),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", "media.cue-empty", 2),
        ("a\n\n1\n00:00:01,000 --> 00:00:02,000\nb\n", "media.no-times", 1),
        (
            "1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\nb\n",
            "media.cue-without-a-blank-line",
            1,
        ),
        ("WEBVTT\n00:01.000 --> 00:02.000\na\n", "media.cue-without-a-blank-line", 1),
        ("1\n00:00:01,000 --> 00:00:02,000\n" + "a" * 1001, "media.cue-too-long", 2),
    ],
)
def test_what_cannot_be_read_names_its_line_and_drops_nothing(text, expected, line):
    found, facts = code(lambda: read(text))
    assert found == expected
    assert line is None or facts["line"] == line


def test_hostile_files_are_refused():
    assert code(lambda: decoded(b"a" * (MOST_BYTES + 1)))[0] == "media.file-too-long"
    assert code(lambda: decoded(b"\xff\xfe\x00\x00\x00"))[0] == "media.no-text"
    assert code(lambda: decoded(b"ab\x00cd"))[0] == "media.no-text"
    many = "".join(f"{n}:00.000 --> {n}:01.000\na\n\n" for n in range(60)) * 100
    assert code(lambda: read(f"WEBVTT\n\n{many}"))[0] == "media.too-many-cues"
    assert MOST_CUES < 6000
    script = "WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>\u202eabc\x07\n"
    [cue] = read(script)
    assert cue.text == "<script>alert(1)</script>abc"
    assert "<script" not in to_vtt([cue])


def test_what_is_written_is_read_again_as_it_was():
    pen = random.Random(7)
    words = ["今天", "a < b", "& c", "第一行\n第二行", "100%", "“引”", "x > y"]
    cues = [
        Cue(n * 3000, n * 3000 + pen.randint(1, 4000), " ".join(pen.choices(words, k=3)))
        for n in range(400)
    ]
    assert read(to_vtt(cues)) == cues
    assert read(to_srt(cues)) == cues
    assert unpacked(packed(cues)) == cues


def test_moving_loses_no_cue():
    cues = [Cue(1000, 2000, "a"), Cue(3000, 4000, "b")]
    assert shifted(cues, 500) == [Cue(1500, 2500, "a"), Cue(3500, 4500, "b")]
    assert shifted(cues, -2500, 2) == [Cue(500, 1500, "b"), Cue(1000, 2000, "a")]
    assert code(lambda: shifted(cues, -1500))[0] == "media.shifted-away"
    assert code(lambda: shifted(cues, 1, 3))[0] == "media.no-such-cue"


def test_checks_name_each_cue_and_what_is_wrong_with_it():
    cues = [
        Cue(0, 1000, "一二三四五六七八九十"),
        Cue(900, 1500, "短"),
        Cue(1520, 3000, "隔得太近"),
        Cue(4000, 12000, "停得太久"),
        Cue(13000, 16000, "一" * 19),
        Cue(17000, 19000, "a\nb\nc"),
        Cue(20000, 22000, "没有问题"),
    ]
    found = [(one.cue, one.code) for one in faults(cues, "zh")]
    assert found == [
        (1, "media.check-speed"),
        (2, "media.check-lasts"),
        (2, "media.check-overlap"),
        (3, "media.check-gap"),
        (4, "media.check-lasts"),
        (5, "media.check-width"),
        (6, "media.check-lines"),
    ]
    assert signs("ab 中文 12", "zh") == 4
    assert signs("ab\ncd", "en") == 5


def test_names_in_the_english_are_held_against_the_chinese():
    beside = [Cue(0, 3000, "元治理协会和北方研究院"), Cue(3000, 4000, "谢谢")]
    names = {
        "元治理协会": "Meta Association",
        "北方研究院": "Northern Institute",
        "协会": "Society",
    }
    right = [Cue(0, 3000, "The Meta\nAssociation and the northern institute"), Cue(3000, 4000, "x")]
    assert [one.code for one in faults(right, "en", names, beside)] == []
    wrong = [Cue(0, 3000, "The association, Northern Institutes"), Cue(3000, 4000, "x")]
    found = [one.facts["called"] for one in faults(wrong, "en", names, beside)]
    assert found == ["Meta Association", "Northern Institute"]
