"""Tables of the room: the steps of the end (`ending`), the proof of the roll (`proofs`)."""

from keti.release.models.ending import (
    PUBLIC,
    Artefact,
    Closure,
    Correction,
    Page,
    Publication,
    Roll,
    RollRow,
)
from keti.release.models.proofs import ProofEntry, ProofRound

__all__ = [
    "PUBLIC",
    "Artefact",
    "Closure",
    "Correction",
    "Page",
    "ProofEntry",
    "ProofRound",
    "Publication",
    "Roll",
    "RollRow",
]
