"""The forms of work of this room."""

from keti.kernel.bound import Bound

WORKS = (
    Bound("call", "call"),
    Bound("admission", "applications", rail="applications"),
    Bound("appointment", "groups", rail="groups"),
    Bound("founding", "groups", rail="groups"),
)
