"""Stored films and sounds, given out piece by piece; who comes in to what was measured; sheets."""

from keti.media.doors.entering import enter_reach
from keti.media.doors.sheets import sheet_read
from keti.media.doors.streaming import given_out

__all__ = ["enter_reach", "given_out", "sheet_read"]
