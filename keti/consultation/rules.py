"""What a comment needs, what an answer needs, when a round may close. Pure."""

from collections.abc import Iterable

from keti.consultation.enums import Disposition

ANSWERS = (Disposition.ADOPTED, Disposition.PARTLY, Disposition.DECLINED)


def is_answer(disposition: str) -> bool:
    """True for one of the three answers."""
    return disposition in ANSWERS


def needs_reason(disposition: str) -> bool:
    """Whatever is not adopted whole says why."""
    return disposition in (Disposition.PARTLY, Disposition.DECLINED)


def waiting(dispositions: Iterable[str]) -> int:
    """How many comments have no answer yet."""
    return sum(1 for one in dispositions if not is_answer(one))


def tally(dispositions: Iterable[str]) -> dict[str, int]:
    """How many comments stand under each disposition, in the order of the language."""
    found = [str(one) for one in dispositions]
    return {str(value): found.count(value) for value in (*ANSWERS, Disposition.WAITING)}
