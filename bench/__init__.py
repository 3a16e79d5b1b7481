"""Figures of this machine. One command, no pass and no fail on time."""
