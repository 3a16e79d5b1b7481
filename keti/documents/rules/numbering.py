"""Numbers of outgoing papers, in the form a charter gives them."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

USUAL = "{prefix}{series}〔{year}〕{n}号"
ENGLISH = "{prefix} {series} {year}/{n}"
"""How a programme that speaks English alone numbers its papers where its charter says nothing."""
LONGEST_FORMAT = 40
_PLACE = re.compile(r"\{([^{}:]*)(?::0?([1-6]))?\}")
PLACES = {
    "prefix": "prefix", "字头": "prefix", "series": "series", "文种": "series",
    "year": "year", "年": "year", "n": "n", "号": "n",
}  # fmt: skip
"""What a form may hold in braces; the number may have a width: {n:03}."""
_Digit = tuple[frozenset[str], bool]


def paper_number(
    form: str, year: int | str, n: int | str, *, prefix: str = "", series: str = ""
) -> str:
    """ "", 2022, 5 with the prefix 元产委 -> 元产委〔2022〕5号; the same in both languages: it is
    a name. ENGLISH with LSA and MIN -> LSA MIN 2022/5, with neither No. 2022/5. The form has
    passed `misfits`."""
    return _filled(form, prefix, series, str(year), lambda width: str(n).zfill(width))


def counted_as(form: str, *, prefix: str, series: str) -> str:
    """What two papers have in common that are numbered in one row: what is printed, with {year}
    and {n} for the two that change. However a form is written and however wide its number, what
    is printed alike is counted alike."""
    return _plain(_filled(form, prefix, series, _YEAR, lambda _: _N)).translate(_PLACED)


def alike(counted: str) -> str:
    """What two numbers have in common that can be the same word: every run of digits is a #."""
    return _RUN.sub("#", counted)


def clash(one: str, other: str) -> bool:
    """Can a number counted as the one ever be printed as a number counted as the other is?"""
    return alike(one) == alike(other) and all(
        _meet(_digits(mine), _digits(theirs))
        for mine, theirs in zip(_RUN.findall(one), _RUN.findall(other), strict=True)
    )


def is_given(number: str, counted: str, year: int, last: int) -> bool:
    """May this number stand on a paper already that was counted so, in that year up to there?"""
    pattern = re.escape(counted).replace(r"\{year\}", str(year)).replace(r"\{n\}", "([0-9]+)")
    found = re.fullmatch(pattern, _plain(number))
    return found is not None and all(1 <= int(one) <= last for one in found.groups())


_YEAR, _N = "\x02", "\x03"
_PLACED = {2: "{year}", 3: "{n}"}
_RUN = re.compile(r"(?:[0-9]|\{year\}|\{n\})+")
_DIGITS = frozenset("0123456789")


def _filled(form: str, prefix: str, series: str, year: str, number: Callable[[int], str]) -> str:
    """A form with what stands in its places; `number` is asked with the width it wants."""
    if form == ENGLISH:
        words = " ".join(f"{prefix} {series}".split())
        return f"{words or 'No.'} {year}/{number(1)}"
    said = {"prefix": prefix.strip(), "series": series, "year": year}

    def place(found: re.Match[str]) -> str:
        name = PLACES[found[1].strip()]
        return number(int(found[2] or 1)) if name == "n" else said[name]

    return _PLACE.sub(place, form or USUAL)


def _plain(text: str) -> str:
    """As it is compared: spaces do not tell two numbers apart, nor how a letter is composed; a
    brace of the words is none of a place."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join(composed.split()).replace("{", "｛").replace("}", "｝")


def _digits(run: str) -> list[_Digit]:
    """A run of digits, place by place: what may stand there, and whether more of it may."""
    found: list[_Digit] = []
    for word in re.findall(r"[0-9]|\{year\}|\{n\}", run):
        year = [(_DIGITS, False)] * 4
        found += {"{year}": year, "{n}": [(_DIGITS, True)]}.get(word, [(frozenset(word), False)])
    return found


def _meet(one: Sequence[_Digit], other: Sequence[_Digit]) -> bool:
    """Is there a word that both runs can be? Every pair of places is looked at once."""
    seen, ahead = set[tuple[int, int]](), [(0, 0)]
    while ahead:
        here = ahead.pop()
        left, right = here
        if (left, right) == (len(one), len(other)):
            return True
        if here in seen or left == len(one) or right == len(other):
            continue
        seen.add(here)
        if one[left][0] & other[right][0]:
            ahead += [(left + 1, right + 1)]
            ahead += [(left, right + 1)] if one[left][1] else []
            ahead += [(left + 1, right)] if other[right][1] else []
    return False


def misfits(form: str) -> Iterator[tuple[str, str]]:
    """(what is wrong, the word) of a form: a place nobody knows, a brace left over, no number, no
    year (numbers begin anew with every year), one of them twice, nothing but the two."""
    names = []
    for found in _PLACE.finditer(form):
        name = PLACES.get(found[1].strip(), "")
        names.append(name)
        if not name or (found[2] and name != "n"):
            yield "unknown", found[0]
    rest = _PLACE.sub("", form)
    if "{" in rest or "}" in rest:
        yield "brace", form
    yield from ((f"no-{needed}", form) for needed in ("n", "year") if needed not in names)
    if max(names.count("n"), names.count("year")) > 1:
        yield "twice", form
    if not {"prefix", "series"} & set(names) and not re.search(r"[^\W\d_]", rest):
        yield "bare", form
    if len(form) > LONGEST_FORMAT:
        yield "long", form
