"""Dates: calendar facts, working days, and whether everything can be done in time."""

from __future__ import annotations

from keti.charter.rules.lint.brief import Brief


def judge(brief: Brief) -> None:
    """Report what this family sees."""
