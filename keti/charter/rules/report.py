"""`keti lint`: the findings of one charter file as text or JSON, with the exit code."""

from __future__ import annotations

import json
from pathlib import Path

from keti.charter.rules.findings import Finding, in_chinese
from keti.charter.rules.lint import lint
from keti.charter.rules.lint.coverage import coverage_text
from keti.charter.rules.loading import studied
from keti.charter.rules.numbers import only_tongue

SUMMARY = {"error": "{} 个错误", "warning": "{} 个警告", "note": "{} 条说明"}
NO_CLAUSES = {
    True: "没有通知条款表：{path}（三列，以制表符分开：clause、zh、en）",
    False: "there is no table of the notice's clauses: {path} (columns, with tabs: clause, zh, en)",
}


def lint_text(
    path: str | Path, lang: str = "zh", as_json: bool = False, strict: bool = False
) -> tuple[str, int]:
    """The report on a file and the exit code: 1 with errors (warnings too when strict), else 0."""
    text, found = text_of_file(Path(path))
    if text is not None:
        found = lint(text, str(path), clauses=_clauses_beside(Path(path)))
    return told(found, lang, as_json, strict)


def told(found: list[Finding], lang: str, as_json: bool, strict: bool) -> tuple[str, int]:
    """Findings as text or JSON, and the exit code."""
    counts = {kind: sum(one.severity == kind for one in found) for kind in _KINDS}
    failed = counts["error"] or (strict and counts["warning"])
    return _written(found, counts, lang, as_json), int(bool(failed))


def clauses_text(path: str | Path, lang: str = "zh", as_json: bool = False) -> tuple[str, int]:
    """Each clause of the founding notice and what implements it; the findings when unreadable."""
    text, _ = text_of_file(Path(path))
    clauses = _clauses_beside(Path(path))
    if not clauses:
        return NO_CLAUSES[in_chinese(lang)].format(path=_beside(Path(path))), 1
    listed = coverage_text(text, clauses, lang, as_json) if text is not None else ""
    return (listed, 0) if listed else lint_text(path, lang, as_json)


def text_of_file(path: Path) -> tuple[str | None, list[Finding]]:
    """The text of a file, or a finding when it is not UTF-8 text. A missing file raises OSError."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as trouble:
        before = data[: trouble.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return None, [Finding(str(path), line, column, "error", "charter.encoding", ".")]


def tongue_of(path: Path) -> str:
    """The language to speak of a charter: English where it has that alone, else Chinese."""
    text, _ = text_of_file(path)
    study, _ = studied(text, str(path)) if text is not None else (None, [])
    return "en" if study and only_tongue(study.charter.lang) == "en" else "zh"


def _clauses_beside(path: Path) -> str:
    """The clauses of the founding notice, where `<name>.clauses.tsv` lies beside the charter."""
    beside = _beside(path)
    return beside.read_text("utf-8-sig") if beside.is_file() else ""


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name.removesuffix(path.suffix)}.clauses.tsv")


_KINDS = ("error", "warning", "note")


def _written(found: list[Finding], counts: dict[str, int], lang: str, as_json: bool) -> str:
    if as_json:
        return json.dumps([one.as_data(lang) for one in found], ensure_ascii=False, indent=2)
    if in_chinese(lang):
        summary = "，".join(SUMMARY[kind].format(counts[kind]) for kind in _KINDS)
    else:
        summary = ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in counts.items())
    return "\n".join([*(one.as_text(lang) for one in found), summary])
