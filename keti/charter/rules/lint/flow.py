"""Gates: each can be reached, each has a way out, guards can become true."""

from __future__ import annotations

from keti.charter.rules.lint.brief import Brief


def judge(brief: Brief) -> None:
    """Report what this family sees."""
