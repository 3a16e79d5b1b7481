"""Numbers that can be printed alike are counted in one row, or known to clash."""

from hypothesis import given
from hypothesis import strategies as st

from keti.documents.rules.numbering import (
    ENGLISH,
    USUAL,
    clash,
    counted_as,
    is_given,
    misfits,
    paper_number,
)

WORDS = st.text(alphabet="A1 0号{é", max_size=3)
PARTS = st.sampled_from(
    [
        "{prefix}",
        "{series}",
        "{year}",
        "{n}",
        "{n:02}",
        "{号:3}",
        "{年}",
        "A",
        "1",
        "0",
        "2",
        "-",
        " ",
    ]
)
FORMS = st.one_of(
    st.sampled_from(
        ["", USUAL, ENGLISH, "{prefix}{series}〔{年}〕{号:02}号", "{prefix} {series} {年}/{n:03}"]
    ),
    st.lists(PARTS, min_size=3, max_size=7)
    .map("".join)
    .filter(lambda form: not any(misfits(form))),
)
SERIES = st.tuples(FORMS, WORDS, WORDS)
YEARS, COUNTS = st.sampled_from([1000, 1010, 2011, 2022]), st.integers(1, 2030)


def printed(of: tuple[str, str, str], year: int, n: int) -> str:
    return " ".join(paper_number(of[0], year, n, prefix=of[1], series=of[2]).split())


def counted(of: tuple[str, str, str]) -> str:
    return counted_as(of[0], prefix=of[1], series=of[2])


@given(SERIES, SERIES, YEARS, YEARS, COUNTS, COUNTS)
def test_what_is_printed_alike_is_counted_alike_or_known_to_clash(one, other, y, z, n, m):
    mine, theirs = printed(one, y, n), printed(other, z, m)
    if mine == theirs:
        assert clash(counted(one), counted(other))
        assert is_given(mine, counted(other), z, m)
    if counted(one) == counted(other) and y == z:
        assert (mine == theirs) <= (n == m) or not clash(counted(one), counted(other))


@given(SERIES, YEARS, COUNTS, COUNTS)
def test_a_number_counts_as_given_up_to_the_last_and_not_beyond(one, year, n, last):
    assert is_given(printed(one, year, n), counted(one), year, last) == (n <= last)


def test_how_a_form_is_written_does_not_matter():
    usual = counted_as("", prefix="测", series="会")
    for form in (
        USUAL,
        "测会〔{年}〕{号}号",
        "{字头}{文种}〔{年}〕{n:03}号",
        "测{series}〔{year}〕{n}号",
    ):
        assert counted_as(form, prefix="测", series="会") == usual
    spaced = counted_as("{series}  {n} / {year}", prefix="", series="A ")
    assert spaced == counted_as("A {n:04} / {year}", prefix="", series="")


def test_digits_beside_a_number_are_seen():
    one, eleven = "T{n}-{year}", "T1{n}-{year}"
    assert clash(one, eleven)
    assert not clash("T1-{n}-{year}", "T2-{n}-{year}")
    assert not clash("A〔{year}〕{n}号", "B〔{year}〕{n}号")
    assert is_given("T12-2022", one, 2022, 12)
    assert not is_given("T12-2022", one, 2022, 11)
    assert not is_given("T12-2022", one, 2023, 99)
