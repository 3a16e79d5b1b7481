"""Whole programmes, lived through the `keti` command on both databases."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.charter_tools import fewer_groups, renamed, shifted

ROOT = Path(__file__).parents[2]
NOTICE = ROOT / "charters" / "metaverse-governance-2022.yaml"
STANDARD = ROOT / "charters" / "association-standard.yaml"
KETI = [sys.executable, "-m", "keti"]
WALK = {
    "planning.charter.applied", "intake.call.published", "intake.application.submitted",
    "intake.application.decided", "intake.roster.imported", "groups.seat.appointed",
    "work.taskbooks.issued", "work.taskbook.accepted", "meetings.minutes.recorded",
    "reports.report.submitted", "reports.report.returned", "monitoring.finding.raised",
    "monitoring.finding.answered", "monitoring.finding.closed", "review.gate.opened",
    "review.conflict.declared", "review.opinion.given", "review.gate.decided",
    "consultation.round.closed", "release.programme.closed", "release.roll.drawn-up",
    "release.report.published",
}  # fmt: skip

OUTSIDE = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DJANGO_SETTINGS_MODULE", "KETI_DATA", "KETI_URL", "DATABASE_URL"}
}

pytestmark = pytest.mark.play


def keti(*arguments: object, postgres: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command in the project's folder; on a fresh private PostgreSQL where asked."""
    words = [str(one) for one in arguments]
    if postgres:
        inner = " ".join([*KETI, *words, "--database", '"$DATABASE_URL"'])
        command = [sys.executable, str(ROOT / "tools" / "with-postgres"), "sh", "-c", inner]
    else:
        command = [*KETI, *words]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=900, env=OUTSIDE
    )


def head(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    found = re.search(r"head ([0-9a-f]{64})", result.stdout)
    assert found
    return found.group(1)


def kinds(folder: Path) -> set[str]:
    lines = (folder / "ledger.jsonl").read_text().splitlines()[:-1]
    return {json.loads(line)["leaf"]["kind"] for line in lines}


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small programme, played once."""
    out = tmp_path_factory.mktemp("standard")
    head(keti("play", STANDARD, "--out", out / "a"))
    return out / "a"


def test_no_page_asks_more_than_fifteen_statements(standard: Path, tmp_path: Path) -> None:
    shutil.copytree(standard / "data", tmp_path / "data")
    env = OUTSIDE | {
        "KETI_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "keti.settings",
    }
    command = [sys.executable, "-W", "ignore", "-m", "bench.addresses", "10"]
    ran = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    pages = json.loads(ran.stdout.splitlines()[-1])["pages"]
    asked = {one["name"]: one["statements"] for one in pages}
    assert len(asked) > 80
    assert {name: n for name, n in asked.items() if n > 15} == {}


def test_the_same_seed_gives_the_same_ledger_on_both_databases(
    standard: Path, tmp_path: Path
) -> None:
    again = head(keti("play", STANDARD, "--out", tmp_path / "b"))
    postgres = head(keti("play", STANDARD, "--out", tmp_path / "c", postgres=True))
    lines = (standard / "ledger.jsonl").read_text()
    assert (tmp_path / "b" / "ledger.jsonl").read_text() == lines
    assert (tmp_path / "c" / "ledger.jsonl").read_text() == lines
    assert again == postgres


def test_another_seed_gives_another_ledger(standard: Path, tmp_path: Path) -> None:
    head(keti("play", STANDARD, "--seed", 2, "--out", tmp_path / "b"))
    other = (tmp_path / "b" / "ledger.jsonl").read_text()
    assert other != (standard / "ledger.jsonl").read_text()


def test_verify_accepts_the_ledger_and_finds_every_kind_of_tampering(
    standard: Path, tmp_path: Path
) -> None:
    original = (standard / "ledger.jsonl").read_text()
    assert keti("verify", standard / "ledger.jsonl").returncode == 0
    rows = original.splitlines()
    forged = {
        "byte": original.replace('"v":1', '"v":2', 1),
        "removed": "\n".join(rows[:5] + rows[6:]) + "\n",
        "swapped": "\n".join([*rows[:5], rows[6], rows[5], *rows[7:]]) + "\n",
        "cut": "\n".join(rows[:-1]) + "\n",
    }
    for name, text in forged.items():
        file = tmp_path / f"{name}.jsonl"
        file.write_text(text)
        assert keti("verify", file).returncode == 1, name
    assert keti("verify", tmp_path / "absent.jsonl").returncode == 2


CHAIN = {
    "challenge": 40, "demand": 60, "confidential demand": 1, "answered or refused": 40,
    "source": 80, "case": 64, "recommendation": 30, "uptake found true": 20,
    "rests_on": 80, "answers": 30, "addresses": 100, "part_of": 40, "illustrates": 64,
    "contradicts": 8, "fact check": 8, "case approved": 8,
}  # fmt: skip
"""What the research of the notice holds at least."""


def research(folder: Path) -> dict[str, int]:
    """How much of each kind was entered, tied and followed."""
    with sqlite3.connect(folder / "data" / "keti.sqlite3") as base:
        found = base.execute(
            "SELECT kind, count(*) FROM research_node GROUP BY kind UNION ALL "
            "SELECT kind, count(*) FROM research_link GROUP BY kind UNION ALL "
            "SELECT 'uptake found true', count(verified_at) FROM research_uptake UNION ALL "
            "SELECT 'fact check', count(*) FROM research_factcheck UNION ALL "
            "SELECT 'case approved', sum(answer = 'approved') FROM research_caseapproval UNION ALL "
            "SELECT 'confidential demand', sum(confidential) FROM research_node UNION ALL "
            "SELECT 'answered or refused', count(*) FROM research_node n WHERE kind = 'demand' AND "
            "(facts LIKE '%unmet%' OR EXISTS (SELECT 1 FROM research_link WHERE second_id = n.id "
            "AND kind = 'answers'))"
        ).fetchall()
    return dict(found)


def edition_tongues(folder: Path) -> dict[str, set[str]]:
    """In which languages the sections of the book and its chapters are, in each edition."""
    found: dict[str, set[str]] = {"zh": set(), "en": set()}
    with sqlite3.connect(folder / "data" / "keti.sqlite3") as base:
        rows = base.execute(
            "SELECT v.sections FROM reports_version v JOIN reports_report r ON r.id = v.report_id "
            "WHERE r.kind IN ('chapter', 'final_report')"
        ).fetchall()
    for (sections,) in rows:
        for one in json.loads(sections):
            found["zh"] |= tongues_of(one["text"])
            found["en"] |= tongues_of(one["texts"]["en"]["text"])
            assert "suspect" not in one["texts"]["en"]
    return found


def tongues_of(text: str) -> set[str]:
    """Chinese where whole stretches are, English where whole words follow each other."""
    patterns = {"zh": "[\u4e00-\u9fff]{6}", "en": "[a-z]{3,} [a-z]{2,} [a-z]{2,} "}
    return {lang for lang, pattern in patterns.items() if re.search(pattern, text)}


def test_the_notice_lives_from_call_to_published_report(tmp_path: Path) -> None:
    out = tmp_path / "notice"
    head(keti("play", NOTICE, "--seed", 1, "--out", out))
    assert kinds(out) >= WALK
    assert (
        keti("verify", out / "ledger.jsonl", "--checkpoint", out / "checkpoint.txt").returncode == 0
    )
    pdf = PdfReader(out / "report.pdf")
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "/MarkInfo" in pdf.trailer["/Root"]
    for chapter in ("工业元宇宙：现状与建议", "政务元宇宙", "治理框架", "附件1", "课题组名册"):
        assert chapter in text.replace(" ", "")
    assert edition_tongues(out) == {"zh": {"zh"}, "en": {"en"}}
    assert (out / "report.docx").read_bytes()[:2] == b"PK"
    assert 'lang="zh-Hans"' in (out / "report.html").read_text()
    duties = (out / "duties.csv").read_text().splitlines()
    assert sum(line.endswith(",late") for line in duties) >= 2
    assert not {kind: n for kind, n in CHAIN.items() if research(out).get(kind, 0) < n}
    assert "补录" in (out / "chronicle.txt").read_text()
    promises_are_told(out)


AFTERWARDS = {
    "gatherings.gathering.concluded", "media.recording.approved", "media.subtitles.reviewed",
    "activities.announced", "activities.place.taken", "activities.place.declined",
    "activities.held", "activities.guest.withdrawn", "activities.sheet.checked",
}  # fmt: skip


def promises_are_told(out: Path) -> None:
    """Conference, films and three years of activities took place; each promise has an outcome, some
    kept, some in part, one openly not, and each outcome has what shows it."""
    assert kinds(out) >= AFTERWARDS
    with sqlite3.connect(out / "data" / "keti.sqlite3") as base:
        told = base.execute(
            "SELECT s.outcome, d.kind, d.period, EXISTS (SELECT 1 FROM promises_exhibit e WHERE "
            "e.kind = d.kind AND e.period = d.period AND e.withdrawn_at IS NULL) "
            "FROM promises_settlement s JOIN duties_obligation d ON d.id = s.obligation_id"
        ).fetchall()
        activities = base.execute(
            "SELECT kind, substr(day, 1, 4), state, (SELECT COUNT(*) FROM activities_spot p WHERE "
            "p.activity_id = a.id AND p.priority AND p.entitled) FROM activities_activity a"
        ).fetchall()
        conference = base.execute("SELECT promise FROM gatherings_gathering").fetchall()
    assert [row for row in told if not row[3]] == []
    outcomes = Counter(row[0] for row in told)
    assert outcomes["not_kept"] == 1 and outcomes["partly"] >= 2 and outcomes["kept"] >= 8
    charity = [row for row in activities if row[0] == "charity"]
    assert {row[1] for row in charity} == {"2023", "2024", "2025"}
    assert all(row[2] == "held" and row[3] == 2 for row in charity)
    assert [row[2] for row in activities if row[0] == "regional"] == ["held"]
    assert conference == [("outreach.livestream",)]


def test_a_renamed_shifted_and_smaller_charter_plays_to_its_end(tmp_path: Path) -> None:
    text = fewer_groups(shifted(renamed(NOTICE.read_text()), 366), 3)
    file = tmp_path / "strange.yaml"
    file.write_text(text)
    out = tmp_path / "strange"
    head(keti("play", file, "--out", out))
    assert kinds(out) >= WALK - {"intake.application.withdrawn"}


def test_a_wrong_charter_is_told_with_its_place_and_stores_nothing(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(STANDARD.read_text().replace("\nroles:", "\nrolls:", 1))
    result = keti("play", file, "--out", tmp_path / "out")
    assert result.returncode == 1
    assert re.search(r"wrong\.yaml:\d+:\d+", result.stderr)
    assert not (tmp_path / "out" / "ledger.jsonl").exists()


def test_play_refuses_a_folder_that_is_not_a_play_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "precious.txt").write_text("mine")
    result = keti("play", STANDARD, "--out", tmp_path)
    assert result.returncode == 2
    assert (tmp_path / "data" / "precious.txt").read_text() == "mine"


def test_dates_that_cannot_all_be_kept_are_refused_before_anything_is_founded(
    tmp_path: Path,
) -> None:
    file = tmp_path / "tight.yaml"
    file.write_text(shifted(NOTICE.read_text(), 400))
    result = keti("play", file, "--out", tmp_path / "out")
    assert result.returncode == 1
    assert re.search(r"tight\.yaml:\d+:\d+ error CAL120", result.stderr)
    assert not (tmp_path / "out" / "ledger.jsonl").exists()


def test_a_role_without_its_right_is_told_as_a_refusal(tmp_path: Path) -> None:
    file = tmp_path / "denied.yaml"
    file.write_text(STANDARD.read_text().replace("can: [manage, read]", "can: [read]"))
    result = keti("play", file, "--out", tmp_path / "out")
    assert result.returncode == 1
    assert "You hold no seat in this programme" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_lead_without_the_right_to_lead_is_refused_in_words(tmp_path: Path) -> None:
    text = STANDARD.read_text()
    file = tmp_path / "denied.yaml"
    file.write_text(
        re.sub(r"(convenor: .*)can: \[lead, contribute, read\]", r"\1can: [contribute, read]", text)
    )
    assert file.read_text() != text
    result = keti("play", file, "--out", tmp_path / "out")
    assert result.returncode == 1
    assert "refused" in result.stderr
    assert "still owed" in result.stderr
