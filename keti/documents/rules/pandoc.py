"""The one place that starts Pandoc: always sandboxed, with limits on time and memory."""

import json
import re
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypandoc

from keti.kernel.refusals import Refused

from .dialect import DIALECT, cleaned

SECONDS = 20
LONGEST = 6_000_000
DEEPEST_BRACKETS = 12
_LONG_RUN = re.compile(r"([`~:>*_^\"'])\1{39,}")
_STACKED = re.compile(
    r"^(?![-*_ \t]+$)(?:[ \t]*(?:>|[-*+]|\(?[A-Za-z0-9#]{1,9}[.)]|\[[^\]\n]{1,80}\]:)){12,}", re.M
)
_MARKER = re.compile(r"[>\-*+.):\[]")
_READER = Path(__file__).with_name("reader.lua")


@lru_cache(maxsize=1)
def program() -> str:
    return str(pypandoc.get_pandoc_path())


def run(arguments: Sequence[str], given: bytes, *, epoch: int = 0) -> bytes:
    """Run Pandoc on bytes; a text it cannot finish with is refused, never half done."""
    command = [program(), "+RTS", "-M1500M", "-RTS", "--sandbox", *arguments]
    surroundings = {"LANG": "C.UTF-8", "PATH": "/nonexistent", "SOURCE_DATE_EPOCH": str(epoch)}
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=SECONDS,
            env=surroundings,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Refused("documents.text-too-tangled", seconds=SECONDS) from late
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[:300]
        raise Refused("documents.render-failed", why=said)
    return done.stdout


def syntax_trees(texts: Sequence[str]) -> list[list[Any]]:
    """The block lists of many Markdown texts, read in one process, each on its own."""
    if not texts:
        return []
    if sum(len(text) for text in texts) > LONGEST:
        raise Refused("documents.text-too-long", longest=LONGEST)
    job = {"dialect": DIALECT, "texts": [tamed(text) for text in texts]}
    out = run(["-f", str(_READER), "-t", "json"], json.dumps(job).encode())
    try:
        return [part["c"][1] for part in json.loads(out)["blocks"]]
    except RecursionError as deep:
        raise Refused("documents.text-too-tangled", seconds=SECONDS) from deep


def tamed(text: str) -> str:
    """Escape marks nested beyond any sense: Pandoc would hardly ever finish with them."""
    paragraphs = cleaned(text).split("\n\n")
    return "\n\n".join(_tamed(part) for part in paragraphs)


def _tamed(part: str) -> str:
    part = _LONG_RUN.sub(lambda run: run.group(1) * 10, part)
    part = _STACKED.sub(lambda stack: _MARKER.sub(r"\\\g<0>", stack.group(0)), part)
    if max(_depth(part, "[", "]"), _depth(part.replace("](", "\0"), "\0", ")")) > DEEPEST_BRACKETS:
        return part.replace("[", "\\[")
    return part


def _depth(text: str, opening: str, closing: str) -> int:
    depth = deepest = 0
    for char in text:
        if char == opening:
            depth += 1
            deepest = max(deepest, depth)
        elif char == closing and depth:
            depth -= 1
    return deepest
