"""No thread that answers a page makes a file: PDF and Word are made by work alone."""

import ast
import logging
import subprocess

import pytest

from keti.documents.doors import made
from keti.documents.rules import docx, pdf
from keti.duties.actions import issue_link
from keti.jobs.models import Job
from keti.jobs.tests.waiting import WAITING
from keti.release.tests.ending import Walk
from keti.site.policy import PUBLIC, SEAT
from tests.acts.state import undone
from tests.cast import Cast, recall
from tests.house.answered import LED, PAGE, WORK, Asked
from tests.house.sources import name, trees
from tests.house.test_routes import PARAMETERS, TABLE
from tests.mutants.scenes import a_round
from tests.twin.secrets import World
from tests.twin.world import Story

pytestmark = pytest.mark.once

MAKERS = {f"keti.documents.rules.{one}" for one in ("apart", "render", "pdf", "docx")}
HARMLESS = {"MIMES", "Rendered", "check_fonts", "RARER"}
BY_WORK = {
    "keti/documents/doors/made.py": "the work that makes papers",
    "keti/release/actions/producing.py": "the work that makes what is published",
    "keti/play/working.py": "a play has no pages",
}


def test_only_work_may_reach_what_makes_files():
    reaching = {
        name(file)
        for file, tree in trees()
        if "keti/documents/rules/" not in name(file)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module in MAKERS
        and {one.name for one in node.names} - HARMLESS
    }
    assert reaching == set(BY_WORK)


class Pressed(AssertionError):
    """A page set a file itself."""


@pytest.fixture
def pressed(monkeypatch, settings) -> list[str]:
    """Work waits; whoever makes a file, reads a text of the old dialect or starts a program
    meanwhile is a page, and is noted."""
    settings.TASKS = WAITING
    noted: list[str] = []

    def press(what: str):
        def noting(*_words, **_more):
            noted.append(what)
            raise Pressed

        return noting

    monkeypatch.setattr(pdf, "to_pdf", press("pdf"))
    monkeypatch.setattr(docx, "to_docx", press("docx"))
    monkeypatch.setattr(made, "render", press("render"))
    monkeypatch.setattr(subprocess, "Popen", press("a program"))
    return noted


def test_no_route_makes_a_file_or_reads_an_old_text_when_it_is_asked(db, pressed, monkeypatch):
    """In a world where something of everything stands, each route as whoever is answered; then in
    one that was closed and published, what was not answered in the first."""
    logging.disable(logging.CRITICAL)
    asked = Asked()
    routes = [one for one in PARAMETERS if one not in UNANSWERED]
    try:
        with undone():
            cast = Story(World()).lived()
            a_round(cast, lambda *_words, **_more: None)
            asked.ask(cast, ["site:progress_paper"])  # work that was asked for has a page
            asked.ask(cast, [one for one in routes if not one.startswith("release:")], links(cast))
            asked.ask(cast, UNANSWERED, askers=("qin",))
        with undone():
            cast = recall()
            Walk(cast).published()
            asked.ask(cast, [one for one in routes if TABLE[one] in (SEAT, PUBLIC)])
    finally:
        logging.disable(logging.NOTSET)
    assert (pressed, asked.broken) == ([], {})
    left = PARAMETERS.keys() - asked.answers.keys()
    assert left == UNANSWERED.keys(), "bring it about in one of the worlds, or say why it cannot be"
    count = asked.count()
    assert (count[PAGE] >= 153, count[WORK] >= 29, count[LED] >= 23) == (True, True, True), count


def links(cast: Cast) -> list[str]:
    """Addresses whose secret is told once: a feed and a personal link."""
    token = issue_link(cast.qin.act(), obligation=cast.duty("moon", "cell.blue", "2030-06"))
    return [f"/d/{token}/", f"/cal/{cast.qin.person.feed_token}.ics"]


FACTOR = "of a second factor, or behind one: nobody of these worlds has one"
OFFICES = "of offices that are written to; the worlds write to none"
HANDED = "a file as it was handed in; nobody handed one in here"
PICTURES = "pictures of a document; nobody drew one here"
DEMO = "does not exist in an installation"
FOUNDING = "only while a programme is being founded, by who founds it"
REFERRED = "a reference of a report; nobody of these worlds wrote one"
MADE = "what work made, and work waits here"
UNANSWERED = {
    "reports:reference": REFERRED,
    **dict.fromkeys(
        (
            "activities:activity", "activities:cancel", "activities:file", "activities:guest",
            "activities:hold", "activities:sheet",
        ),
        "an activity or a sheet of a region; these worlds have none",
    ),
    **dict.fromkeys(
        ("promises:benefit_file", "promises:exhibit", "promises:exhibit_file", "promises:withdraw"),
        "what was shown or given under a promise; nothing was here",
    ),
    **dict.fromkeys(
        (
            "account_reauthenticate", "mfa_deactivate_totp", "mfa_download_recovery_codes",
            "mfa_edit_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
            "mfa_remove_webauthn", "mfa_view_recovery_codes",
        ),
        FACTOR,
    ),
    **dict.fromkeys(
        (
            "consents:evidence", "duties:claim_file", "duties:filing_text", "meetings:original",
            "monitoring:file", "reports:evidence", "reports:original", "review:copy",
            "review:scan", "site:enclosure", "work:scan", "work:task_file",
        ),
        HANDED,
    ),
    **dict.fromkeys(
        (
            "consultation:picture", "duties:picture", "meetings:picture", "release:picture",
            "reports:draft_picture", "reports:file_picture", "reports:picture", "review:picture",
        ),
        PICTURES,
    ),
    **dict.fromkeys(
        ("site:demo", "site:demo_advance", "site:demo_next_due", "site:demo_sign_in"), DEMO
    ),
    **dict.fromkeys(
        ("planning:begin", "planning:notice_file", "planning:start", "planning:step",
         "planning:undo"),
        FOUNDING,
    ),
    "jobs:waiting": "a secret of who asked for work without signing in",
    "site:way_in": "a secret of one person, told once",
    "site:key_changes": "no key was changed here",
    **dict.fromkeys(
        (
            "letters:contact_file", "letters:edit", "letters:list",
            "letters:mailing", "letters:office", "letters:piece", "letters:piece_file",
            "letters:preview", "letters:print", "letters:public", "letters:reach",
            "letters:track",
        ),
        OFFICES,
    ),
    **dict.fromkeys(
        (
            "media:channel", "media:channel_file", "media:clipping", "media:clipping_file",
            "media:posting", "media:reading", "media:reading_file", "media:takedown_for",
            "media:film", "media:mend", "media:recording", "media:speaker", "media:subtitles",
            "media:track",
        ),
        "of what was recorded; nothing was here",
    ),
    "witness:key_withdraw": "a key that a unit lodged; none did here",
    "witness:withdraw": "what a unit confirmed of the record; none did here",
    "site:house_checkpoints": "nothing was signed of the house here",
    "monitoring:new": "at an address that a page signs for who reads it",
    "intake:slips": "no way in waits to be handed over here",
    "planning:paper": "what was approved on paper; nothing was here",
    "release:file": MADE,
    "release:manifest": MADE,
    "release:sums": MADE,
    **dict.fromkeys(
        (
            "gatherings:gathering", "gatherings:guest", "gatherings:guest_list",
            "gatherings:public", "gatherings:run_sheet", "gatherings:signer",
            "gatherings:signing_list", "gatherings:slot",
        ),
        "of a gathering; none was arranged here",
    ),
    **dict.fromkeys(
        ("release:proof_entry", "release:proof_for"), "an entry of a proof; none was held here"
    ),
    "intake:named": "a list with a number; the cast's charter gives lists none",
    "review:sheet": "of a gate that is signed on one sheet; none is here",
    "reports:diff": "no report has two versions here",
    **dict.fromkeys(
        (
            "honours:certificate", "honours:check", "honours:contribution", "honours:evidence",
            "honours:honour", "honours:nominate", "honours:nomination", "honours:piece",
            "honours:public", "honours:record",
        ),
        "of what was nominated, put in or handed over; nothing was here",
    ),
}  # fmt: skip
"""Routes that are answered to nobody in these worlds, and why; they are asked for all the same."""


def test_sixteen_who_ask_wait_without_a_file_being_made(cast: Cast, pressed):
    people = [one for one in cast.players.values() if one.seat]
    for player in (people * 2)[:16]:
        answer = player.client.get("/p/cast/progress.pdf")
        assert (answer.status_code, answer["Retry-After"]) == (202, "2")
        assert player.client.get("/p/cast/desk/").status_code == 200
    assert Job.objects.filter(state="queued").count() == len(people)
    assert pressed == []
