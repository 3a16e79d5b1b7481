"""Slips of the hand in a charter file: the line to mend is named, and what to put there."""

from __future__ import annotations

import pytest

from keti.charter.rules import hints, load
from keti.charter.rules.findings import Finding
from keti.charter.rules.lint import lint
from keti.charter.rules.report import lint_text
from keti.charter.tests.small import SMALL, bent
from keti.charter.tests.sound import SOUND
from keti.charter.tests.sound import bent as sound


def errors(text: str) -> list[Finding]:
    """What keeps a charter from being used."""
    return [one for one in lint(text, "small.yaml") if one.severity == "error"]


SLIPS = [
    ("    by: 2022-11-30", "    by：2022-11-30", "37:7", "charter.full-width"),
    ("decides: [clerk]", "decides: 【clerk】\n    by: x: y", "29:14", "charter.full-width"),
    ("{in: whole, min: 1, can", "{in: whole，min: 1, can", "15:20", "charter.full-width"),
    ("min: 1, can: [manage]", "min：1, can: [manage]", "15:22", "charter.full-width"),
    ("    decides: [clerk]", "\tdecides: [clerk]", "29:1", "charter.tab"),
    ("    decides: [clerk]", "\u3000\u3000decides: [clerk]", "29:1", "charter.wide-space"),
    ("    decides: [clerk]", "    decides:[clerk]", "29:12", "charter.no-space"),
    ("{zh: 小课题, en", "{zh: 小课题: 甲, en", "6:15", "charter.loose-colon"),
    ("en: A small programme}", "en: A small, poor, old programme}", "6:33", "charter.loose-comma"),
    ("can: [manage]}", "can: [manage]", "15:10", "charter.unclosed"),
]


@pytest.mark.parametrize(("old", "new", "place", "code"), SLIPS)
def test_a_slip_is_named_on_its_own_line(old, new, place, code):
    (found,) = errors(bent(old, new))
    assert (f"{found.line}:{found.column}", found.code) == (place, code)
    assert found.suggestion("zh")
    assert found.suggestion("en").isascii()


def test_what_is_no_slip_is_told_in_the_reader_s_language():
    (found,) = errors(bent("    by: 2022-11-30", "   by: 2022-11-30"))
    assert found.code == "charter.yaml"
    assert found.sentence("zh").startswith("文件不是合法的 YAML：缩进与上下行不齐")
    assert "did not find" in found.sentence("en")


MEANT = [
    (hints.date, "2025/10/31", "2025-10-31"), (hints.date, "2025年3月1日", "2025-03-01"),
    (hints.date, "2025–03–01", "2025-03-01"),
    (hints.date, "start + 5个工作日", "start + 5 workdays"),
    (hints.date, "start + 三天", "start + P3D"), (hints.date, "某一天", ""),
    (hints.duration, "30天", "P30D"), (hints.duration, "两周", "P2W"),
    (hints.duration, "6 months", "P6M"), (hints.duration, "12小时", "PT12H"),
    (hints.duration, "很久", ""), (hints.workdays, "十五个工作日", "15 workdays"),
    (hints.time, "“17:00”", "17:00"), (hints.time, "下午5点半", "17:30"),
    (hints.time, "17：30", "17:30"),
    (hints.time, "下午5点", "17:00"), (hints.share, "75%", "3/4"), (hints.share, "四分之三", "3/4"),
    (hints.share, "过半数", "1/2"), (hints.number, "三人", "3"), (hints.number, "二十一", "21"),
    (hints.last_day, "2025-06-31", "2025-06-30"), (hints.as_id, "Lead Unit", "lead_unit"),
    (hints.as_id, "牵头单位", ""),
]  # fmt: skip


@pytest.mark.parametrize(("read", "word", "meant"), MEANT)
def test_a_value_written_by_hand_is_understood(read, word, meant):
    assert read(word) == meant


WORDS = [
    ("min: 1, holder", "min: 三人, holder", "写作 3"),
    ("can: [manage]", "can: [秘书处]", "是否为“manage”？"),
    ("outcomes: [close, revise]", "outcomes: [同意, revise]", "写作 approve: {zh: 同意}"),
    ("  clerk: {in", "  书记员: {in", "起一个英文标识，中文写在里面，如 lead_unit: {zh: 书记员}"),
    ("outcomes: [close, revise]", "outcome: [close, revise]", "是否为“outcomes”？"),
    ("outcomes: [close, revise]", "结论们: [close, revise]", "是否为“结论”？"),
]


@pytest.mark.parametrize(("old", "new", "mend"), WORDS)
def test_the_mend_says_what_to_write(old, new, mend):
    said = [one.suggestion("zh") for one in errors(bent(old, new))]
    assert any(one.startswith(mend) for one in said), said


def test_a_form_in_chinese_is_one_finding_at_its_key():
    found = errors(bent("  note: {", "  note: {form: 月报, "))
    assert [(one.code, one.path, one.facts["nearest"]) for one in found] == [
        ("charter.unknown-word", "obligations.note.form", "report")
    ]


def test_a_finding_calls_things_by_their_titles():
    text = sound("eye: {in: whole", "eye: {zh: 监控人, en: Monitor, in: whole")
    text = sound("excludes: [head, hand]}", "excludes: [head]}", text)
    (found,) = [one for one in lint(text, "x") if one.number == "ROL202"]
    assert found.sentence("zh").startswith("“监控人（eye）”可以同时担任“hand”")
    assert found.sentence("en").startswith("'Monitor (eye)' may also be 'hand'")


def test_the_ways_round_a_circle_are_called_by_their_titles():
    text = sound("due: 2022-07-29}", "due: 2022-07-29, needs: [book]}")
    (found,) = [one for one in errors(text) if one.number == "GAT304"]
    assert "听取意见（hearing） → 提纲（outline） → 总报告（book）" in found.sentence("zh")
    assert [one.number for one in errors(text) if one.number == "CAL120"] == []


def test_a_key_written_twice_names_the_first_line():
    (found,) = errors(bent("    by: 2022-11-30", "    by: 2022-11-30\n    by: 2022-12-01"))
    assert found.sentence("en") == "'by' is declared twice, first on line 37."


def test_a_file_in_another_encoding_is_told_so(tmp_path):
    file = tmp_path / "charter.yaml"
    file.write_bytes(SMALL.encode("gb18030"))
    said, code = lint_text(file, "zh")
    assert code == 1
    assert "SHP160" in said
    assert said.endswith("1 个错误，0 个警告，0 条说明")
    assert lint_text(file, "en")[0].endswith("1 error, 0 warnings, 0 notes")


def test_what_is_published_or_put_up_for_comments_is_a_report():
    text = sound("outline: {zh: 提纲, form: report,", "outline: {zh: 提纲,")
    (found,) = errors(text)
    assert (found.number, found.path) == ("SHP168", "obligations.hearing.subject")
    assert found.suggestion("zh") == "在“提纲（outline）”中写上 form: report"


def test_a_choice_without_options_is_told():
    old = "admission:\n"
    text = sound(old, old + "  form: {fields: {side: {zh: 片区, kind: choice}}}\n")
    (found,) = lint(text, "x")
    assert (found.number, found.path) == ("SHP169", "admission.form.fields.side")
    assert lint(text.replace("kind: choice", "kind: choice, options: [山, 海]"), "x") == []


def test_a_decision_is_a_gate():
    (found,) = errors(bent("  note: {", "  note: {form: decision, "))
    assert (found.number, found.path) == ("SHP170", "obligations.note.form")


def test_a_key_may_be_spelt_as_it_reads_in_its_block():
    text = sound("    by: 2022-05-27\n", "    不晚于: 2022-05-27\n")
    text = text.replace(
        "{zh: 结题, form: closing, by: clerk", "{zh: 结题, form: closing, 责任角色: clerk"
    )
    assert load(text, "x")[0].gates == load(SOUND, "x")[0].gates
    assert load(text, "x")[0].obligations == load(SOUND, "x")[0].obligations
