"""Rules of honours: what is counted and asked (`figures`), what an award may not be (`award`)."""

from keti.honours.rules.award import (
    MOVES,
    Checklist,
    HonourSpec,
    Voice,
    blockers,
    decided,
    grand_words,
    moved,
    spec_from,
)
from keti.honours.rules.figures import (
    MEASURES,
    Figures,
    Owed,
    asked,
    counted,
    meets,
    short,
)

__all__ = [
    "MEASURES",
    "MOVES",
    "Checklist",
    "Figures",
    "HonourSpec",
    "Owed",
    "Voice",
    "asked",
    "blockers",
    "counted",
    "decided",
    "grand_words",
    "meets",
    "moved",
    "short",
    "spec_from",
]
