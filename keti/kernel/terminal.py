"""What is said in a terminal: in Chinese where it is a Chinese one, in both languages elsewhere."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from keti.kernel.refusals import sentence

BOTH = ("zh-hans", "en")


def tongues(surroundings: Mapping[str, str]) -> tuple[str, ...]:
    """The languages of whoever reads a terminal with these surroundings: Chinese alone where its
    language is Chinese, else both."""
    said = next((surroundings[name] for name in _NAMES if surroundings.get(name)), "")
    return BOTH[:1] if said.lower().startswith("zh") else BOTH


_NAMES = ("LC_ALL", "LC_MESSAGES", "LANG")


def say(code: str, *, to: TextIO | None = None, **facts: object) -> None:
    """Say the sentence of a code at once, a line for each language: nobody waits before a silent
    terminal."""
    for lang in tongues(os.environ):
        print(f"keti: {sentence(code, facts, lang)}", file=to or sys.stdout, flush=True)
