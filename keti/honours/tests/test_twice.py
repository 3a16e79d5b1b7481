"""The shortlist of every honour, computed a second time from `ledger.jsonl` alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from keti.honours import actions, permissions, queries
from keti.ledger.queries import export

TOOL = Path(__file__).resolve().parents[3] / "tools" / "shortlist"
pytestmark = pytest.mark.django_db


def second(programme, folder):
    """What the tool says of the record as it is exported, run apart from this house."""
    file = folder / "ledger.jsonl"
    file.write_text("".join(f"{row}\n" for row in export(programme)))
    done = subprocess.run(
        [sys.executable, "-I", TOOL, file], capture_output=True, text=True, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def first(programme, at):
    """What the house itself says."""
    return {
        key: sorted(
            one.seat.public_id for one in queries.shortlist(programme, spec, at) if one.qualifies
        )
        for key, spec in permissions.honours_of(programme).items()
    }


def both(cast, folder):
    told = second(cast.programme, folder)["honours"]
    assert told == first(cast.programme, cast.qin.moment)
    return told


def test_both_agree_step_by_step(cast, hall, tmp_path):
    mao, mi = cast.mao.seat.public_id, cast.mi.seat.public_id
    hall.draw()
    assert both(cast, tmp_path) == {"wreath": [], "leaf": []}
    hall.assess("mao")
    hall.assess("mi", "waived")
    hall.draw()
    assert both(cast, tmp_path) == {"wreath": [], "leaf": sorted([mao, mi])}
    hall.verified("mao")
    one = hall.declare("mi")
    hall.draw()
    assert both(cast, tmp_path)["wreath"] == [mao]
    actions.verify_input(cast.ji.act(), contribution=one)
    hall.assess("mi", "partly")
    hall.draw()
    assert both(cast, tmp_path) == {"wreath": [mao], "leaf": [mao]}
    actions.withdraw_input(cast.mi.act(), contribution=one, reason="有误。")
    hall.assess("mi")
    hall.draw()
    assert both(cast, tmp_path) == {"wreath": [mao], "leaf": sorted([mao, mi])}
    cast.at("2030-08-01T09:00")
    hall.draw()
    assert both(cast, tmp_path)["wreath"] == []


def test_a_ledger_without_a_record_is_said(cast, tmp_path):
    file = tmp_path / "ledger.jsonl"
    file.write_text("".join(f"{row}\n" for row in export(cast.programme)))
    done = subprocess.run([sys.executable, "-I", TOOL, file], capture_output=True, text=True)
    assert done.returncode == 2 and "no participation record" in done.stderr
