"""How a hash is shown to people."""

DIGITS = 12


def short(sha: str) -> str:
    """The first twelve digits, in fours: on pages, papers and in letters alike."""
    return " ".join(sha[at : at + 4] for at in range(0, min(DIGITS, len(sha)), 4))
