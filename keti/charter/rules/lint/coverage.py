"""Clauses of the founding notice that nothing in the charter implements."""

from __future__ import annotations

from keti.charter.rules.lint.brief import Brief


def judge(brief: Brief) -> None:
    """Report what this family sees."""
