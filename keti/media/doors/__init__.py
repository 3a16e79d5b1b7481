"""Stored films and sounds, given out piece by piece."""

from keti.media.doors.streaming import given_out

__all__ = ["given_out"]
