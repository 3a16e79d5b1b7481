"""Honours without criteria, targets without owners, principles that bind nothing."""

from __future__ import annotations

from keti.charter.rules.lint.brief import Brief


def judge(brief: Brief) -> None:
    """Report what this family sees."""
