"""Every kind of mistake has a place, a code and a sentence in both languages."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keti.charter.messages import MESSAGES, SUGGESTIONS
from keti.charter.rules import load
from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.report import lint_text
from keti.charter.tests.small import SMALL, bent, findings


def test_the_small_charter_is_clean():
    compiled, found = load(SMALL, "small.yaml")
    assert found == []
    assert [one.key for one in compiled.obligations if one.kind == "note"][:2] == [
        "note@team.a/2022-06",
        "note@team.a/2022-07",
    ]
    assert "sum@whole/2022-05" not in [one.key for one in compiled.obligations]


MISTAKES = [
    ("workdays: cn", "werkdays: cn", "3:1", "charter.unknown-key", "werkdays"),
    ("min: 1, can: [manage]", "mni: 1, can: [manage]", "15:22", "charter.unknown-key",
     "roles.clerk.mni"),
    ("begin: {date: 2022-05-27}", "begin: {date: 2022-10-99}", "19:17", "charter.no-such-date",
     "calendar.begin.date"),
    ("begin: {date: 2022-05-27}", "begin: {date: time.to - P1M}", "19:17", "charter.rounding",
     "calendar.begin.date"),
    ("begin: {date: 2022-05-27}", "begin: {date: tim.to}", "19:17", "charter.unknown-anchor",
     "calendar.begin.date"),
    ("begin: {date: 2022-05-27}", "begin: {date: begin + P1D}", "19:17", "charter.circular",
     "calendar.begin.date"),
    ("begin: {date: 2022-05-27}", "begin: {date: someday, soon: 1}", "19:26",
     "charter.unknown-key", "calendar.begin.soon"),
    ("begin: {date: 2022-05-27}", "begin: {date: time + P1D}", "19:17",
     "charter.span-needs-side", "calendar.begin.date"),
    ("to: 2022-10-31}", "to: 2022-04-31}", "18:32", "charter.no-such-date", "calendar.time.to"),
    ("to: 2022-10-31}", "to: 2022-04-30}", "18:32", "charter.ends-before-start",
     "calendar.time.to"),
    ("decides: [clerk]", "decides: [clerc]", "29:15", "charter.unknown-role",
     "gates.check.decides[0]"),
    ("parent: whole", "parent: hole", "12:26", "charter.unknown-group", "groups.team.parent"),
    ("holder: council", "holder: concil", "14:38", "charter.unknown-party", "roles.asker.holder"),
    ("inputs: [paper]", "inputs: [papper]", "30:14", "charter.unknown-work",
     "gates.check.inputs[0]"),
    ("when: all(check.approve)", "when: all(chek.approve)", "35:11", "charter.unknown-fact",
     "gates.end.when"),
    ("when: all(check.approve)", "when: all(check.approve) and", "35:11", "charter.bad-guard",
     "gates.end.when"),
    ("outcomes: [close, revise]", "outcomes: [close, ponder]", "36:23", "charter.unknown-outcome",
     "gates.end.outcomes[1]"),
    ("  commissioner: council\n", "", "4:1", "charter.missing-key", "programme"),
    ("tz: Asia/Shanghai", "tz: Asia/Shanghigh", "2:5", "charter.unknown-zone", "tz"),
    ("keti: charter/1", "keti: charter/9", "1:7", "charter.language", "keti"),
    ("  clerk: {in", "  Clerk: {in", "15:3", "charter.bad-id", "roles.Clerk"),
    ("  head: {in", "  asker: {in: whole}\n  head: {in", "16:3", "charter.duplicate-id",
     "roles.asker"),
    ("deliverables:\n", "deliverables:\n  note: {per: team, by: head}\n", "25:3",
     "charter.duplicate-id", "deliverables.note"),
    ("min: 1, holder", "min: one, holder", "14:27", "charter.wrong-type", "roles.asker.min"),
    ("can: [manage]", "can: [mange]", "15:36", "charter.unknown-word", "roles.clerk.can[0]"),
    ("by: 2022-11-30", "by: [2022-11-30", "38:1", "charter.yaml", "."),
    ("FREQ=MONTHLY;", "FREQ=SECONDLY;", "20:20", "charter.rrule-part", "calendar.monthly.rrule"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "code", "path"), MISTAKES)
def test_a_mistake_is_reported_at_its_place(old, new, place, code, path):
    found = [one for one in findings(bent(old, new)) if one.severity == "error"]
    assert [(f"{one.line}:{one.column}", one.code, one.path) for one in found] == [
        (place, code, path)
    ]
    assert load(bent(old, new), "x")[0] is None


def test_a_wrong_key_is_mended_with_the_nearest_known_one():
    found = findings(bent("workdays: cn", "werkdays: cn"))[0]
    assert found.as_text("en") == (
        "small.yaml:3:1 error SHP111 werkdays: "
        "There is no key 'werkdays' here. -> did you mean 'workdays'?"
    )
    assert found.as_text("zh").endswith("这里没有“werkdays”这个键。 -> 是否为“workdays”？")


HOSTILE = {
    "a bomb of aliases": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
    "deep nesting": "a: " + "[" * 5000,
    "deep maps": "\n".join(" " * n + "a:" for n in range(900)),
    "binary": "keti: \x00\x01\x02",
    "half a surrogate": "keti: \ud800",
    "nothing": "",
    "a list": "- 1\n- 2",
    "a word": "hello",
    "two documents": "a: 1\n---\nb: 2",
    "a python tag": "a: !!python/object/apply:os.system ['true']",
    "a list as key": "? [a, b]\n: c",
    "merge": "a: &x {b: 1}\nc:\n  <<: *x",
    "tabs": "a:\n\t- b",
    "open quote": 'a: "b',
    "too long": "a: " + "x" * 1_000_001,
    "directive": "%YAML 9.9\n---\na: 1",
    "bad escape": 'a: "\\xZZ"',
    "many brackets": "{" * 300,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_gives_a_finding(kind):
    compiled, found = load(HOSTILE[kind], "hostile.yaml")
    assert compiled is None
    assert [one.severity for one in found if one.severity != "error"] == []
    assert found
    assert all(one.line >= 1 and one.column >= 1 and one.sentence("zh") for one in found)


@pytest.mark.parametrize(
    "bad",
    [
        "P9999999Y", "2022-05-27 + 99999 workdays", "2022-05-27 + P99999Y", "0000-01-01",
        "2022-05-27T25:00", "2022-13-01", "2022-02-30", "midpoint(begin, begin)",
        "9999-12-31 + P1D", "monthly", "2022-05-27 - 999999 workdays",
        "''", "[]", "{}", "1e9", "9999-12-31",
    ],
)  # fmt: skip
def test_impossible_dates_never_crash(bad):
    compiled, found = load(bent("begin: {date: 2022-05-27}", f"begin: {{date: {bad}}}"), "x")
    assert (compiled is None) == any(one.severity == "error" for one in found)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_cutting_or_doubling_a_line_never_crashes(data):
    lines = SMALL.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["cut", "double", "shift", "blank value"]))
    if how == "cut":
        lines.pop(at)
    elif how == "double":
        lines.insert(at, lines[at])
    elif how == "shift":
        lines[at] = " " + lines[at]
    else:
        lines[at] = lines[at].partition(":")[0] + ":"
    compiled, found = load("\n".join(lines), "x")
    assert (compiled is None) == any(one.severity == "error" for one in found)


def test_every_code_has_two_sentences_and_most_a_mend():
    assert [code for code, pair in MESSAGES.items() if not all(pair)] == []
    assert set(SUGGESTIONS) <= set(MESSAGES)


def test_chinese_keys_are_the_same_charter():
    text = SMALL
    for english in ("programme", "parties", "groups", "roles", "calendar", "gates", "deliverables"):
        text = text.replace(f"\n{english}:", f"\n{CHINESE[english]}:")
    text = text.replace("decides:", "决定人:").replace("in: whole", "属于: whole")
    chinese, found = load(text, "small.yaml")
    english, _ = load(SMALL, "small.yaml")
    assert found == []
    assert chinese is not None and english is not None
    assert chinese.obligations == english.obligations
    assert chinese.gates == english.gates


def test_the_lint_report(tmp_path):
    good, bad, odd = tmp_path / "good.yaml", tmp_path / "bad.yaml", tmp_path / "odd.yaml"
    good.write_text(SMALL, "utf-8")
    bad.write_text(bent("decides: [clerk]", "decides: [clerc]"), "utf-8")
    odd.write_bytes(b"keti: \xff\xfe")
    text, code = lint_text(good, "en")
    assert (text.splitlines()[-1].partition(",")[0], code) == ("0 errors", 0)
    assert lint_text(good, "en", strict=True)[1] == 1
    text, code = lint_text(bad, "en", as_json=True)
    assert code == 1
    assert [one["line"] for one in json.loads(text) if one["severity"] == "error"] == [29]
    text, code = lint_text(odd, "zh")
    assert (text.split(" ")[0], code) == (f"{odd}:1:7", 1)
