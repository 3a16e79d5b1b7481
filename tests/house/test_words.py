"""Both languages are complete: codes with their sentences, page texts with their English."""

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import polib
import pytest

from tests.cast import SEATED
from tests.house.sources import HOUSE, ROOT, literals, name, trees

pytestmark = pytest.mark.once

TABLES = {
    room.name: import_module(f"keti.{room.name}.messages").MESSAGES
    for room in sorted(HOUSE.iterdir())
    if (room / "messages.py").is_file() or (room / "messages").is_dir()
}
ALL = {code: pair for table in TABLES.values() for code, pair in table.items()}
SPEAKERS = ("Refused", "no", "sentence", "both")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def of_words(file: Path) -> bool:
    """Whether a file is a table of sentences itself."""
    return "messages" in (file.stem, file.parent.name)


def blanks(text: str) -> set[str]:
    """The facts a sentence asks for; a fact may come as a pair, one for each language."""
    fields = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    return {re.sub(r"(^|_)(zh|en)$", "", one) for one in fields}


def asked() -> Iterator[tuple[str, str]]:
    """Every code written out where a sentence is asked for, with its place."""
    for file, tree in trees():
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            speaker = getattr(call.func, "id", getattr(call.func, "attr", ""))
            first = call.args[0] if call.args else None
            written = first.value if isinstance(first, ast.Constant) else ""
            if speaker in SPEAKERS and "." in str(written):
                yield f"{name(file)}:{call.lineno}", str(written)


def pattern(text: ast.JoinedStr) -> str:
    """A text put together from parts, as a pattern over codes."""
    return "".join(
        re.escape(str(one.value)) if isinstance(one, ast.Constant) else "[a-z._-]+"
        for one in text.values
    )


def shaped() -> Iterator[tuple[str, str]]:
    """Every code that is put together where it is asked for, as a pattern."""
    for file, tree in trees():
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            speaker = getattr(call.func, "id", getattr(call.func, "attr", ""))
            first = call.args[0] if call.args else None
            if speaker in SPEAKERS and isinstance(first, ast.JoinedStr):
                yield f"{name(file)}:{call.lineno}", pattern(first)


def test_every_code_has_its_sentence():
    found = list(asked())
    assert len(found) > 150
    assert sorted(f"{place} {code}" for place, code in found if code not in ALL) == []


def test_every_code_put_together_has_sentences():
    found = list(shaped())
    silent = [
        f"{place} {wanted}"
        for place, wanted in found
        if not any(re.fullmatch(wanted, code) for code in ALL)
    ]
    assert silent == []


def test_a_code_lives_in_the_room_it_names():
    strays = [
        f"{room}: {code}"
        for room, table in TABLES.items()
        for code in table
        if code.partition(".")[0] != room
    ]
    assert strays == []


@pytest.mark.parametrize("room", sorted(TABLES))
def test_both_languages_say_the_same_with_the_same_facts(room):
    faults = []
    for code, (zh, en) in TABLES[room].items():
        if not zh.strip() or not en.strip():
            faults.append(f"{code}: one language is empty")
        if blanks(zh) != blanks(en):
            faults.append(f"{code}: {blanks(zh) ^ blanks(en)} in one language only")
        if CHINESE.search(en):
            faults.append(f"{code}: Chinese in the English sentence")
    assert faults == []


def test_no_sentence_is_left_over():
    """A code nobody asks for is a sentence nobody reads. Ledger kinds are read by their lines."""
    spoken = {text for file, tree in trees() if not of_words(file) for _, text in literals(tree)}
    patterns = {
        pattern(node)
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    }
    patterns = {one for one in patterns if one.partition(".")[0].rstrip("\\") in TABLES}
    templates = "".join(one.read_text() for one in HOUSE.rglob("*.html"))
    unread = [
        code
        for code in ALL
        if not {code, code.partition(".")[2], re.sub("-(subject|do)$", "", code)} & spoken
        and not any(re.fullmatch(one, code) for one in patterns)
        and code not in templates
    ]
    assert unread == []


def test_the_english_catalogues_are_complete_and_compiled():
    command = [sys.executable, str(ROOT / "tools" / "translations"), "--check"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_text_has_one_english_in_the_whole_house():
    said: dict[str, dict[str, str]] = {}
    for file in sorted(HOUSE.rglob("locale/en/LC_MESSAGES/django.po")):
        for one in polib.pofile(str(file)):
            if not one.msgctxt and not one.msgid_plural:
                said.setdefault(one.msgid, {})[name(Path(file))] = one.msgstr
    assert {text: how for text, how in said.items() if len(set(how.values())) > 1} == {}


MAIN_PAGES = ("", "desk/", "duties/", "groups/", "charter/", "ledger/", "mailbox/", "taskbooks/",
              "tasks/", "meetings/", "reports/", "consultations/", "reviews/", "findings/",
              "release/", "applications/", "progress/")  # fmt: skip


def test_no_chinese_is_left_on_an_english_page(cast):
    """Names of people and units stay as they are written; everything the house says is English."""
    cast.qin.client.cookies["django_language"] = "en"
    left = {}
    for tail in MAIN_PAGES:
        page = cast.qin.client.get(f"/p/cast/{tail}")
        assert page.status_code == 200, tail
        lines = spoken(page.content.decode(), cast.programme.title_zh)
        left |= {tail: lines} if lines else {}
    assert left == {}


def spoken(page: str, recorded: str) -> list[str]:
    """The lines of a page in Chinese. Aside: the cast and their initials, the house's sign, the
    other language, and what the ledger holds as it was recorded."""
    text = re.sub(r"<(script|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    lines = {line.strip() for line in re.sub(r"<[^>]*>", "\n", text).splitlines()}
    initials = {label[0] for _, label, *_ in SEATED}
    chinese = {one for one in lines - {"中文", "课"} - initials if CHINESE.search(one)}
    return sorted(one for one in chinese if "演示" not in one and recorded not in one)
