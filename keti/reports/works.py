"""The form of work of this room."""

from keti.kernel.bound import Bound

WORKS = (Bound("report", "reports", rail="reports"),)
