"""Numbers of outgoing papers, in the form a charter gives them."""

import re
from collections.abc import Iterator

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


def paper_number(
    form: str, year: int | str, n: int | str, *, prefix: str = "", series: str = ""
) -> str:
    """ "", 2022, 5 with the prefix 元产委 -> 元产委〔2022〕5号; the same in both languages: it is
    a name. ENGLISH with LSA and MIN -> LSA MIN 2022/5, with neither No. 2022/5. The form has
    passed `misfits`."""
    if form == ENGLISH:
        words = " ".join(f"{prefix} {series}".split())
        return f"{words or 'No.'} {year}/{n}"
    said = {"prefix": prefix.strip(), "series": series, "year": str(year)}

    def place(found: re.Match[str]) -> str:
        name = PLACES[found[1].strip()]
        return str(n).zfill(int(found[2] or 1)) if name == "n" else said[name]

    return _PLACE.sub(place, form or USUAL)


def counted_as(form: str, *, prefix: str, series: str) -> str:
    """What two papers have in common that are numbered in one row: all but year and number."""
    if form in ("", ENGLISH):
        return f"{prefix}{series}"
    return paper_number(form, "", "", prefix=prefix, series=series)


def misfits(form: str) -> Iterator[tuple[str, str]]:
    """(what is wrong, the word) of a form: a place nobody knows, a brace left over, no number, no
    year (numbers begin anew with every year), nothing but the two."""
    names = []
    for found in _PLACE.finditer(form):
        name = PLACES.get(found[1].strip(), "")
        names.append(name)
        if not name or (found[2] and name != "n"):
            yield "unknown", found[0]
    rest = _PLACE.sub("", form)
    if "{" in rest or "}" in rest:
        yield "brace", form
    for needed in ("n", "year"):
        if needed not in names:
            yield f"no-{needed}", form
    if not {"prefix", "series"} & set(names) and not re.search(r"[^\W\d_]", rest):
        yield "bare", form
    if len(form) > LONGEST_FORMAT:
        yield "long", form
