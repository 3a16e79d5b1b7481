"""Holders, appointers, separation of duties, and quorums after recusals."""

from __future__ import annotations

from keti.charter.rules.lint.brief import Brief


def judge(brief: Brief) -> None:
    """Report what this family sees."""
