"""No form with a text longer than a line is without its draft."""

import re

import pytest

from keti.intake.tests.scene import published
from keti.site import policy
from tests.cast import Cast
from tests.house.sources import name, templates
from tests.house.test_routes import PARAMETERS, TABLE, address

FRAME = '{% include "ui/drafts.html"'
OWN_COPY = {
    "keti/reports/templates/reports/edit.html": "saves itself over the revision it was read at",
    "keti/intake/templates/intake/fill_in.html": "saves itself over the text it was read with",
}
POSTED = re.compile(r'<form\b[^>]*\bmethod="post".*?</form>', re.DOTALL)


def test_every_frame_with_a_form_keeps_what_is_typed() -> None:
    frames = {name(one): one.read_text() for one in templates() if "<!doctype" in one.read_text()}
    kept = {file for file, text in frames.items() if FRAME in text}
    assert {file for file, text in frames.items() if "<form" in text} <= kept
    assert len(kept) == 3


def test_only_forms_with_a_working_copy_of_their_own_go_without_the_table() -> None:
    own = {name(one) for one in templates() if "data-draft-own" in one.read_text()}
    assert own == set(OWN_COPY)


@pytest.mark.once
def test_every_page_with_a_long_text_carries_the_script(cast: Cast) -> None:
    """The whole inventory of routes: what posts a long text is watched."""
    published(cast)
    thing = cast.duty("moon", "cell.red").public_id
    seen: dict[str, bool] = {}
    for route in PARAMETERS:
        if TABLE.get(route) in (None, policy.DEMO):
            continue
        answer = cast.qin.client.get(address(route, slug="cast", thing=thing))
        if "text/html" not in answer.headers.get("Content-Type", "") or answer.streaming:
            continue
        page = answer.content.decode()
        if any("<textarea" in form for form in POSTED.findall(page)):
            seen[route] = "keti/drafts.js" in page and 'id="drafts"' in page
    assert [route for route, whole in seen.items() if not whole] == []
    assert len(seen) >= 4, sorted(seen)
