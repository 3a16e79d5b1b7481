"""Every list of the house is declared once: it sorts, is searched, and is saved as a file."""

import ast
import csv
import io
import re
from importlib import import_module

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keti.groups.doors import unchanged
from keti.lists.doors import LISTS, Asked, Listing
from keti.site.policy import SEAT
from tests.cast import Cast
from tests.house.most import MOST_STATEMENTS
from tests.house.sources import HOUSE, name, templates, trees
from tests.house.test_routes import PARAMETERS, TABLE

pytestmark = pytest.mark.django_db

for room in sorted(one.parent.name for one in HOUSE.glob("*/urls.py")):
    import_module(f"keti.{room}.urls")

NAMES = sorted(LISTS)
TABLE_DRAWN = re.compile(r'table class="list|\{% pager')
PAGED = re.compile(r'class="pager')
NO_LISTS = {
    "drafts/templates/drafts/list.html": "what one person typed and has not sent; it goes",
    "duties/templates/duties/grid.html": "a matrix: groups down, months across",
    "site/templates/site/progress.html": "one sheet for whoever presides: each group once",
    "intake/templates/intake/application.html": "the requirements of one application",
    "intake/templates/intake/roster_lines.html": "the rows of one file, in its order",
    "intake/templates/intake/roster_words.html": "the words of one file, each with its choices",
    "intake/templates/intake/roster_report.html": "the faults of one file; they have their sheet",
    "intake/templates/intake/seat_table.html": "the seats of one group",
    "letters/templates/letters/covered.html": "each province once, beside its tile",
    "letters/templates/letters/problems.html": "the faults of one file",
    "meetings/templates/meetings/meeting.html": "who came to one meeting",
    "meetings/templates/meetings/record.html": "a form: who comes to one meeting",
    "planning/templates/planning/rehearsal.html": "figures of one rehearsal",
    "honours/templates/honours/honour.html": "who qualifies for one honour, by one edition",
    "media/templates/media/latest.html": "the last reading of each channel and unit",
    "media/templates/media/press.html": "the rows of one file that were not taken",
    "media/templates/media/reach.html": "the kinds of outlet of one figure",
    "media/templates/media/recording.html": "who speaks in one recording",
    "promises/templates/promises/reach.html": "the channels of one figure",
    "promises/templates/promises/units.html": "unit by promise, as the charter says; no record",
    "research/templates/research/cell.html": "what stands in one cell of a matrix",
    "research/templates/research/demands.html": "figures of each side, reckoned; no record",
    "research/templates/research/gaps.html": "what rows lack, reckoned; it is no row itself",
    "research/templates/research/import.html": "the rows of one file that were not taken",
    "research/templates/research/map.html": "a map: one dimension down, the other across",
    "research/templates/research/matrix.html": "a matrix: nodes down, nodes across",
    "research/templates/research/overview.html": "the kinds of the chain, each once",
    "release/templates/release/roll.html": "who is left out of one roll",
    "release/templates/release/shelf.html": "a public page, newest first: read by nobody's seat",
    "reports/templates/reports/_text.html": "the plan of one report",
    "review/templates/review/gate.html": "what one gate judges",
    "review/templates/review/list.html": "the gates: as few as the charter declares",
    "site/templates/site/access.html": "a file of one day, apart from the database",
    "site/templates/site/front.html": "the programmes one person is in",
    "site/templates/site/group.html": "the seats of one group",
    "site/templates/site/groups.html": "the groups, each once, in the order of the charter",
    "site/templates/site/home.html": "the river in words, for who cannot see it",
    "site/templates/site/search.html": "finds of every room, cut short by nature",
    "templates/allauth/elements/table.html": "the keys of one person",
    "work/templates/work/preview.html": "what one issue would send",
}
"""Tables that are no list of the house, and why."""
MAKING = {"Paginator", "csv_lines", "to_xlsx", "to_csv"}


def test_no_other_view_pages_or_writes_a_sheet():
    found = {
        name(file)
        for file, tree in trees()
        if "/views" in name(file)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        if MAKING & {one.name for one in node.names}
    }
    assert found == set()


def test_whatever_table_a_page_draws_is_a_list_or_none_by_nature():
    drawn = {
        name(file).removeprefix("keti/")
        for file in templates()
        if TABLE_DRAWN.search(file.read_text()) and file.parent.name != "lists"
    }
    assert drawn == set(NO_LISTS)


def routes_of_a_programme() -> list[str]:
    """Every page that needs no more than the programme to be asked for."""
    return sorted(
        route
        for route, parts in PARAMETERS.items()
        if set(parts) == {"slug"} and route in TABLE and TABLE[route] in (SEAT, "public")
    )


def test_every_page_of_the_inventory_that_shows_a_list_shows_a_declared_one(cast: Cast):
    """A list on it is one of the house; a page of a list has it, whoever asks."""
    declared = {(one.page, one.fixed) for one in LISTS.values()}
    pages, drawn = {page for page, _fixed in declared}, set()
    for route in routes_of_a_programme():
        answer = cast.qin.client.get(reverse(route, args=["cast"]))
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        text = answer.content.decode()
        if PAGED.search(text) or 'class="list-frame"' in text or route in pages:
            drawn.add(route)
            known = answer.context and "list" in answer.context and route in pages
            assert known or set(templates_of(answer)) & set(NO_LISTS), route
    assert pages <= drawn
    for listing in LISTS.values():
        assert shown(cast.qin.client.get(*asked_of(listing, {}))).title == str(listing.title)


def templates_of(answer) -> list[str]:
    """The templates a page was drawn from, as the house names its files."""
    names = [one.name for one in answer.templates if one.name]
    return [f"{one.partition('/')[0]}/templates/{one}" for one in names]


@pytest.mark.parametrize("called", NAMES)
def test_it_sorts_by_every_column_that_says_so(cast: Cast, called: str):
    listing, client = LISTS[called], cast.qin.client
    sortable = [one.key for one in listing.columns if one.sort and one.page]
    assert sortable, called
    for key in sortable:
        for sort in (key, f"-{key}"):
            answer = client.get(*asked_of(listing, {"sort": sort}))
            assert answer.status_code == 200, sort
            assert "aria-sort" in answer.content.decode() or not shown(answer).lines
    assert client.get(*asked_of(listing, {"sort": "no-such"})).status_code == 200


def shown(answer):
    """What the list of the page draws."""
    return answer.context["list"]


def asked_of(listing: Listing, wish: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The address of the list and what is asked of it."""
    return reverse(listing.page, args=["cast"]), {**dict(listing.fixed), **wish}


@pytest.mark.parametrize("called", NAMES)
def test_it_is_searched_in_what_it_shows(cast: Cast, called: str):
    listing = LISTS[called]
    assert any(one.search for one in listing.columns), called
    answer = cast.qin.client.get(*asked_of(listing, {"q": "没有这个词 xyzzy"}))
    assert answer.status_code == 200
    assert shown(answer).lines == []
    assert "没有符合条件的" in answer.content.decode()


@pytest.mark.parametrize("called", NAMES)
def test_the_file_has_the_rows_of_the_page_in_its_order(cast: Cast, called: str):
    listing, client = LISTS[called], cast.qin.client
    key = next(one.key for one in listing.columns if one.sort)
    everything = dict.fromkeys((one.key for one in listing.choices), "")
    wish = everything | {"sort": f"-{key}"}
    there = shown(client.get(*asked_of(listing, wish)))
    said = client.get(reverse(listing.file, args=["cast", "csv"]), wish)
    table = list(csv.reader(io.StringIO(b"".join(said).decode("utf-8-sig"))))
    own = [str(one.title) for one in listing.columns if one.file]
    assert table[0][: len(own)] == own
    assert len(table[0]) == len(own) or listing.extra
    assert len(table) - 1 == there.page.paginator.count
    first = listing.columns[0]
    texts = [line[0][1].text for line in there.lines]
    assert [row[0].partition("（")[0] for row in table[1 : len(texts) + 1]] == [
        one.partition("（")[0] for one in texts
    ]
    assert first.page and first.file
    sheet = client.get(reverse(listing.file, args=["cast", "xlsx"]), wish)
    assert sheet.getvalue()[:2] == b"PK"
    assert client.get(reverse(listing.file, args=["cast", "exe"])).status_code == 404


@pytest.mark.parametrize("called", NAMES)
def test_neither_order_nor_words_cost_statements(cast: Cast, called: str):
    listing, client = LISTS[called], cast.qin.client
    keys = [one.key for one in listing.columns if one.sort]
    wishes = [{}, {"sort": keys[0]}, {"q": "一"}, {"sort": f"-{keys[-1]}", "q": "组"}]
    counts = []
    for wish in wishes:
        client.get(*asked_of(listing, wish))
        unchanged.forget()
        with CaptureQueriesContext(connection) as asked:
            client.get(*asked_of(listing, wish))
        counts.append(len(asked))
    assert max(counts) <= counts[0] + 1, counts
    assert max(counts) <= MOST_STATEMENTS, counts


def test_what_a_list_does_not_know_is_left_out():
    listing: Listing = LISTS["tasks"]
    asked = Asked.of(listing, QueryDict("sort=-seat__person__mail&q=" + "x" * 300))
    assert (asked.sort, len(asked.words), asked.chosen["state"]) == ("", 100, "open")
    again = QueryDict(asked.query(listing).lstrip("?"))
    assert Asked.of(listing, again) == asked
