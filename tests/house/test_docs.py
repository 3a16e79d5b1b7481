"""The documents are held to account: what the source has, they name; what they link, exists."""

import re
import subprocess
import sys
from typing import get_args

import pytest

from keti.charter.rules.shape import Form, Verb
from keti.site import policy
from tests.house.sources import HOUSE, ROOT, literals, trees

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted(DOCS.rglob("*.md"))]
WITHOUT_A_LINE = {
    "keti/duties/actions/claiming.py:claim": "recorded by the act that met the duty",
    "keti/consents/actions.py:grant": "recorded by the application or roster it came by",
    "keti/consents/actions.py:tell_recorded": "a letter; the act that grants records itself",
    "keti/consents/actions.py:unnamed": "writes nothing: an act as the record tells it",
    "keti/charter/actions.py:set_notice": "recorded with the notice attached or the founding",
    "keti/charter/actions.py:store_version": "recorded as planning.charter.applied",
    "keti/reports/actions/translations.py:save_translation": "recorded by the version it is in",
    "keti/lists/actions.py:drop_view": "a preference of one person",
    "keti/lists/actions.py:keep_view": "a preference of one person",
    "keti/lists/actions.py:rename_view": "a preference of one person",
    "keti/drafts/actions.py:discard_draft": "a private working copy",
    "keti/drafts/actions.py:let_go": "the act that the form was sent for is recorded",
    "keti/drafts/actions.py:restore_draft": "a private working copy",
    "keti/drafts/actions.py:save_draft": "a private working copy",
    "keti/documents/actions/keeping.py:keep_produced": "recorded by the act that made the paper",
    "keti/documents/actions/keeping.py:keep_upload": "recorded by the act whose evidence it is",
    "keti/duties/actions/numbering.py:give_number": "recorded by the act whose paper it is",
    "keti/duties/actions/owing.py:meet": "recorded by the act that met the duty",
    "keti/duties/actions/undoing.py:unmeet": "recorded by the act that takes it back",
    "keti/groups/actions/merging.py:move_seats": "recorded as intake.people.merged",
    "keti/groups/actions/merging.py:move_unit_seats": "recorded as intake.units.merged",
    "keti/groups/actions/fitting.py:create": "recorded by the act that gives the seat",
    "keti/groups/actions/offices.py:follow_offices": "each as groups.seat.appointed or ended",
    "keti/groups/actions/seats.py:first_seat": "recorded as planning.charter.applied",
    "keti/intake/actions/seats.py:annul_membership": "recorded as groups.seat.annulled",
    "keti/intake/actions/seats.py:appoint_members": "each as groups.seat.appointed",
    "keti/intake/actions/seats.py:end_membership": "recorded as groups.seat.ended",
    "keti/intake/actions/terms.py:lapse": "recorded as groups.seat.ended",
    "keti/intake/actions/terms.py:renew_term": "recorded as groups.term.renewed",
    "keti/ledger/actions.py:repeated": "asks, changes nothing",
    "keti/meetings/actions/inviting.py:widen": "recorded by the act that invites or arranges",
    "keti/research/actions/waiting.py:follow": "recorded by the act that changed the case",
    "keti/monitoring/actions/findings.py:follow_the_seats": "recorded by the act that moved them",
    "keti/monitoring/actions/findings.py:note_step": "part of the act, which is recorded",
    "keti/reports/actions/handing.py:answered": "part of the act, which is recorded",
    "keti/reports/actions/answers.py:lay_before_gate": "recorded by the act that opened the gate",
    "keti/documents/actions/pictures.py:keep_picture_once": "the act that asked for it records",
    "keti/duties/actions/filing.py:keep_picture": "part of a text; handing it in is recorded",
    "keti/meetings/actions/minutes.py:keep_picture": "part of minutes; recording them is recorded",
    "keti/notify/actions/writing.py:write": "recorded as site.letter.written",
    "keti/notify/actions/posting.py:note_announcement": "recorded as duties.announcement.copied",
    "keti/planning/actions/drafting.py:discard_draft": "a private working copy",
    "keti/planning/actions/drafting.py:open_draft": "a private working copy",
    "keti/planning/actions/drafting.py:save_draft": "a draft under work; proposing is recorded",
    "keti/planning/actions/drafting.py:undo_draft": "a private working copy",
    "keti/release/actions/closing.py:lay_aside": "recorded by the act that ended the last duty",
    "keti/reports/actions/drafts.py:create": "recorded as reports.report.started",
    "keti/reports/actions/pictures.py:keep_picture": "part of a draft; handing it in is recorded",
    "keti/media/actions/leaving.py:take_away": "recorded by the act that takes it away",
    "keti/research/actions/nodes.py:entered": "recorded by the act that enters it",
    "keti/review/actions/opening.py:freeze": "recorded by the act that opens the gate",
    "keti/review/actions/opinions.py:opine": "recorded by the opinion or decision it is part of",
    "keti/reports/actions/drafts.py:save_draft": "a draft under work; handing it in is recorded",
    "keti/reports/actions/references.py:add_references": "a draft under work; see save_draft",
    "keti/reports/actions/references.py:mend_reference": "a draft under work; see save_draft",
    "keti/reports/actions/references.py:remove_reference": "a draft under work; see save_draft",
}


def tool(*words: str) -> subprocess.CompletedProcess[str]:
    """Run one of the project's tools."""
    command = [sys.executable, str(ROOT / "tools" / words[0]), *words[1:]]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("page", ["acts", "states"])
def test_pages_read_off_the_source_are_up_to_date(page):
    ran = tool(page, "--check")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_built_editor_is_what_its_sources_say():
    ran = tool("editor")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_every_act_leaves_a_line_or_says_who_records_it():
    assert sorted(tool("acts", "--silent").stdout.split()) == sorted(WITHOUT_A_LINE)


def test_every_kind_of_line_has_its_heading():
    kind = re.compile(r"[a-z]+\.[a-z_]+\.[a-z-]+")
    headings = set(re.findall(r"^### `(.+)`$", (DOCS / "acts.md").read_text(), re.MULTILINE))
    written = {
        text
        for file, tree in trees()
        if "actions" in str(file.relative_to(HOUSE))
        for _, text in literals(tree)
        if kind.fullmatch(text)
    }
    assert sorted(written - headings) == []
    assert len(headings) > 40


def test_every_setting_is_described():
    told = set(re.findall(r"^\| `(\w+)`", (DOCS / "settings.md").read_text(), re.MULTILINE))
    asked = {
        text
        for file, tree in trees()
        if file.name in ("settings.py", "commands.py", "keeping.py")
        for _, text in literals(tree)
        if re.fullmatch(r"KETI_[A-Z_]+|DATABASE_(OWNER_)?URL", text)
    }
    assert told == asked


def test_every_verb_form_policy_and_effect_is_described():
    permissions = (DOCS / "permissions.md").read_text()
    writing = (DOCS / "howto" / "write-a-charter.md").read_text()
    assert [one for one in get_args(Verb) if f"| `{one}` |" not in permissions] == []
    assert [one for one in policy.MEANING if f"| `{one}` |" not in permissions] == []
    assert [one for one in get_args(Form) if f"`{one}`" not in writing] == []
    assert [one for one in ("approve", "revise", "stop") if f"`{one}`" not in writing] == []


def test_every_command_is_in_a_document():
    text = "".join(page.read_text() for page in [*PAGES, ROOT / "CHANGELOG.md"])
    commands = set(re.findall(r'add_parser\("(\w+)"|\("(\w+)", commands', _entrance()))
    names = {one or other for one, other in commands}
    assert {"up", "play", "verify"} < names
    assert [one for one in sorted(names) if f"keti {one}" not in text] == []


def _entrance() -> str:
    return (HOUSE / "__main__.py").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())
    assert [one for one in links if not (page.parent / one).exists()] == []


def test_both_readmes_say_the_same():
    english, chinese = ((ROOT / name).read_text() for name in ("README.md", "README.zh-CN.md"))
    for mark in (r"^#+ ", r"\]\(([^)]+)\)", r"^make .+?(?= {2}|$)"):
        found = [re.findall(mark, text, re.MULTILINE) for text in (english, chinese)]
        assert [len(found[0])] == [len(found[1])], mark
    links = [re.findall(r"\]\(([^)]+)\)", text) for text in (english, chinese)]
    targets = [{one.replace(".zh.md", ".md") for one in each} for each in links]
    assert targets[0] ^ targets[1] == {"README.md", "README.zh-CN.md"}


def test_the_project_speaks_of_itself_alone():
    """Nobody's workplace, and no sentence of ours about how this text came about."""
    foreign = re.compile(
        r"(?<!\w)/work/|\bsessions? of\b|issue #?\d|\bcopilot\b|\bLLM\b", re.IGNORECASE
    )
    assert [page.name for page in PAGES if foreign.search(page.read_text())] == []
