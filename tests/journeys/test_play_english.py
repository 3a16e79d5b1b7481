"""A programme in English alone: no page, name of a paper or letter says a Chinese word."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.test_play import ROOT, head, keti
from tests.journeys.test_play_templates import ends

CHINESE = re.compile("[\u3400-\u9fff]")
WORDS = {
    "邀": "INV", "任": "APT", "分工": "TB", "会": "MIN", "征意": "CON", "标准": "STD", "结": "END",
    "公告": "PUB",
}  # fmt: skip

pytestmark = [pytest.mark.play, pytest.mark.slow]


def english(node: Any) -> Any:
    """The same with nothing said in Chinese; series words translated."""
    if isinstance(node, dict):
        both = "zh" in node and "en" in node
        return {key: english(one) for key, one in node.items() if not (both and key == "zh")}
    if isinstance(node, list):
        return [english(one) for one in node]
    return WORDS.get(node, node)


def test_an_english_programme_says_no_chinese_word(tmp_path: Path) -> None:
    template = ROOT / "charters" / "association-standard.yaml"
    data = english(yaml.safe_load(template.read_text("utf-8")))
    data["lang"] = ["en"]
    del data["programme"]["number_prefix"]
    for work in data["deliverables"].values():
        work.pop("languages", None)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=4096)
    file, out = tmp_path / "english.yaml", tmp_path / "out"
    file.write_text(text, "utf-8")
    head(keti("play", file, "--out", out))
    assert ends(out) == {"met"}
    told = (out / "chronicle.txt").read_text("utf-8")
    assert CHINESE.search(told) is None
    assert "INV 2022/1" in told
    crawl = [sys.executable, "-m", "tests.journeys.english", str(out / "data")]
    done = subprocess.run(crawl, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr[-2000:]
