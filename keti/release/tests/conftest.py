"""The walk to the end, for every test of the room, and a press that sets no type."""

import pytest

from keti.documents.rules.paper import Paper
from keti.documents.rules.render import MIMES, Rendered
from keti.release.tests.ending import Walk
from tests.cast import Cast


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """The cast's programme, ready to be walked to its end."""
    return Walk(cast)


@pytest.fixture
def real_press() -> None:
    """Asks for PDF and Word files as they are really made."""


@pytest.fixture(autouse=True)
def _press(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publishing takes seconds where files are set; most tests are about something else."""
    if "real_press" not in request.fixturenames:
        monkeypatch.setattr("keti.release.actions.producing.render", _proof)


def _proof(paper: Paper, form: str) -> Rendered:
    words = f"{form} {paper.lang} {paper.number} {paper.title}"
    return Rendered(words.encode(), MIMES[form], f"{paper.title}.{form}")
