"""The charter language `charter/1`: read, check, resolve dates, expand to obligations. Pure."""

from keti.charter.rules.compiled import Compiled
from keti.charter.rules.findings import Finding
from keti.charter.rules.loading import load

__all__ = ["Compiled", "Finding", "load"]
