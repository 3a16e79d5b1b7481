"""The form of work of this room."""

from keti.kernel.bound import Binding

WORKS = (Binding("report", "reports:for", by_file="reports:by_file", rail="reports"),)
