"""The demonstration signs anybody in: it is served to this machine alone, under its own name."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("options", "url", "words"),
    [
        (["--host", "0.0.0.0"], "", "served on loopback only"),
        ([], "https://keti.example", "KETI_URL may name no other machine"),
    ],
)
def test_the_demo_is_refused_where_others_could_reach_it(tmp_path, options, url, words):
    outside = {name: value for name, value in os.environ.items() if not name.startswith("KETI_")}
    ran = subprocess.run(
        [sys.executable, "-m", "keti", "demo", "--data", str(tmp_path / "d"), *options],
        capture_output=True,
        text=True,
        env=outside | ({"KETI_URL": url} if url else {}),
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2
    assert words in ran.stderr
    assert not (tmp_path / "d" / "keti.json").exists()
