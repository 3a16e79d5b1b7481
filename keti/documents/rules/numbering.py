"""Numbers of outgoing papers."""


def paper_number(prefix: str, year: int, n: int) -> str:
    """ "元产委", 2022, 5 -> 元产委〔2022〕5号; the same in both languages, as it is a name."""
    return f"{prefix.strip()}〔{year}〕{n}号"
