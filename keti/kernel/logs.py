"""What is written to a log, with every secret out of it, whoever wrote it."""

import logging
import re

VEIL = "[secret]"
_MADE = re.compile(r"(?<![0-9A-Za-z])[a-z2-7]{32}(?![0-9A-Za-z])")
_RESET = re.compile(r"(/password/reset/key/)[^/\s?]+")


def veiled(text: str) -> str:
    """The text without the secrets of addresses: links, feeds, tokens and keys of resetting."""
    return _RESET.sub(rf"\1{VEIL}", _MADE.sub(VEIL, text))


class Formatter(logging.Formatter):
    """Veils the whole line last: its message, its arguments and the traceback alike."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return veiled(super().format(record))
