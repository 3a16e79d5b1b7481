"""A box of one line holds one line: in every form and every table of the house."""

import csv
import importlib
import io
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.db import connection, models, transaction
from django.http import QueryDict
from icalendar import Calendar

from keti.accounts.models import Organisation
from keti.accounts.rules import mail_fault
from keti.duties.models import Obligation
from keti.groups.doors import Door
from keti.groups.models import Group
from keti.groups.permissions import sight_of
from keti.kernel.acts import Subject, Text
from keti.kernel.lines import Line, LineForm, Words, single
from keti.kernel.refusals import Refused
from keti.kernel.texts import BREAKS, one_line, plain
from keti.meetings.actions import plan_meeting
from keti.meetings.models import Meeting
from keti.monitoring.actions import raise_finding
from keti.monitoring.doors import raise_link
from keti.monitoring.models import Finding
from keti.notify.actions import Letter, deliver_due, post
from keti.notify.models import Message
from keti.programmes.models import Programme
from tests.cast import local
from tests.house.sources import HOUSE, ROOT, python_files, trees
from tests.office import Office, opened, words

CONTROLS = "".join(chr(n) for n in (*range(32), *range(127, 160), 0x2028, 0x2029))
HOSTILE = f"题{CONTROLS}目\r\nBcc: x@example.org\u2028尾"
FOLDED = "题 目 Bcc: x@example.org 尾"

MACHINE = {
    # written by the house itself, from ids, keys of the charter, hashes, fixed words
    "public_id", "key", "kind", "path", "book", "salt", "language", "zone", "feed_token", "mime",
    "form", "phase", "period", "due_rule", "gate", "source", "step", "track", "outcome", "klass",
    "role", "review_set", "charter", "group_kind", "fault", "prefix", "scope", "purpose", "seat",
    "person", "chosen", "appointed_by", "password", "group", "digest", "result", "error", "worker",
    "way_in", "new", "alike", "before", "fp", "first_fp", "second_fp", "promise",
}  # fmt: skip
MACHINE_ENDS = ("_id", "_key", "_path", "_kind", "_form", "sha256", "_hash")


def columns() -> Iterator[tuple[str, models.Field]]:
    for model in apps.get_models():
        if model.__module__.startswith("keti."):
            for field in model._meta.local_fields:
                yield f"{model._meta.label}.{field.name}", field


def test_every_column_of_words_on_one_line_folds_them():
    wordy = [
        name
        for name, field in columns()
        if type(field) is models.CharField  # neither a Line nor Words
        and not field.choices
        and field.name not in MACHINE
        and not field.name.endswith(MACHINE_ENDS)
    ]
    assert wordy == [], "make it a Line or Words, or name it as written by the house"
    assert sum(isinstance(field, Line) for _, field in columns()) > 80


def test_no_column_of_words_takes_more_than_it_holds(db: None):
    """Refused alike on both databases, in words, by whatever way it is written."""
    wordy = [field for _, field in columns() if isinstance(field, Words)]
    assert {field.name for field in wordy} >= {"reason", "why", "title", "name", "subject"}
    for field in wordy:
        fits, long = "字" * field.max_length, "字" * (field.max_length + 1)
        assert field.get_db_prep_save(fits, connection) == fits
        with pytest.raises(Refused) as caught:
            field.get_db_prep_save(long, connection)
        facts = {"text": long[:20], "most": field.max_length, "count": len(long)}
        assert (caught.value.code, caught.value.facts) == ("kernel.too-long", facts)
        assert caught.value.field == field.name
    unit = {"name_zh": "长" * 201, "name_key": "长"}
    for write in (
        lambda: Organisation.objects.create(**unit),
        lambda: Organisation.objects.bulk_create([Organisation(**unit)]),
        lambda: Organisation.objects.update(name_zh="长" * 201),
    ):
        with pytest.raises(Refused), transaction.atomic():
            write()
    assert not Organisation.objects.filter(name_zh="长" * 201).exists()


TYPED_CUT = re.compile(r"strip\(\)\[:|(?:reason|why|text)\[:\d\d")
CUT_KNOWN = {
    "keti/lists/doors/asking.py",  # words to search for
    "keti/site/views/person.py",  # likewise
    "keti/documents/rules/pandoc.py",  # what a program said of its failure
    "keti/documents/rules/sheet.py",  # quoted in a refusal, and looked at for its commas
    "keti/media/rules/cues.py",  # likewise: the line that was not read
    "keti/meetings/rules.py",  # likewise
    "keti/planning/views/entries.py",  # an id, refused where it is none
}


def test_nothing_typed_is_cut_in_silence():
    cut = {
        str(file.relative_to(ROOT))
        for file in python_files(tests=False)
        if TYPED_CUT.search(file.read_text())
    }
    assert cut - CUT_KNOWN == set(), "let the column refuse it: keti.kernel.lines.Words"


def form_classes() -> list[type[forms.BaseForm]]:
    for file in python_files(tests=False):
        if "class " in (text := file.read_text()) and "orm" in text and file.stem != "wsgi":
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            importlib.import_module(module.removesuffix(".__init__"))
    found, todo = set(), [forms.BaseForm]
    while todo:
        for one in todo.pop().__subclasses__():
            todo.append(one)
            if one.__module__.startswith("keti."):
                found.add(one)
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def test_every_form_of_the_house_folds_its_boxes_of_one_line():
    """Those for signing in are the library's: their boxes are addresses, invalid with a break,
    codes and passwords."""
    classes = form_classes()
    assert len(classes) > 50
    bare = {one.__module__ for one in classes if not issubclass(one, LineForm)}
    assert bare == {"keti.accounts.forms"}
    assert all(mail_fault(f"a@example.org{one}b") for one in CONTROLS)


@pytest.mark.parametrize("form", form_classes(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_what_a_form_reads_has_no_breaks(form):
    """Every declared box: sent hostile, read on one line; boxes of several lines as typed."""
    if not issubclass(form, LineForm):
        return
    boxes = {
        name: box for name, box in form.base_fields.items() if isinstance(box, forms.CharField)
    }
    data = QueryDict(mutable=True)
    for name in boxes:
        data[name] = HOSTILE
    bound = type("Bare", (LineForm,), dict(boxes))(data)
    LineForm.full_clean(bound)
    for name, box in boxes.items():
        sent = bound.data[name]
        lines = isinstance(box.widget, forms.Textarea)
        typed = HOSTILE.replace("\r\n", "\n") if lines else HOSTILE
        assert sent == (FOLDED if single(box) else typed), name


INDENTED = "\r\n \r\n　　第一段。\r\n　　第二段。  \r\n\r\n"


@pytest.mark.parametrize("form", form_classes(), ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_no_paragraph_typed_into_a_form_loses_its_indent(form):
    """The first as little as the others, in every box of several lines that is kept as text."""
    boxes = {
        name: box
        for name, box in form.base_fields.items()
        if isinstance(box, forms.CharField) and isinstance(box.widget, forms.Textarea)
    }
    bound = type("Bare", (LineForm,), dict(boxes))(dict.fromkeys(boxes, INDENTED))
    LineForm.full_clean(bound)
    texts = {name: one for name, one in bound.cleaned_data.items() if isinstance(one, str)}
    assert {one.strip("\n ") for one in texts.values()} <= {"　　第一段。\n　　第二段。"}


class Box(LineForm):
    text = forms.CharField(widget=forms.Textarea, max_length=20)


def test_a_line_break_counts_once_as_in_the_browser():
    """It lets twenty be typed and sends each break as two characters."""
    full = Box({"text": "\r\n".join("一二三四五六七八九十"[:4] for _ in range(4)) + "尾"})
    assert full.is_valid()
    assert len(full.cleaned_data["text"]) == 20
    assert not Box({"text": "一" * 21}).is_valid()


def test_blanks_alone_are_nothing_typed():
    assert not Box({"text": " \r\n　\t\r\n"}).is_valid()


def test_no_form_reads_around_the_folding():
    """`full_clean` and `_fold` are taken over by nobody without calling what stands above."""
    around = [
        f"{one.__module__}.{one.__name__}"
        for one in form_classes()
        if "_fold" in vars(one) and one is not LineForm
    ]
    assert around == []


def test_headers_of_downloads_are_written_in_one_place():
    named = [
        str(file.relative_to(HOUSE))
        for file, _ in trees()
        if "content_disposition_header" in file.read_text()
    ]
    assert named == ["kernel/downloads.py"]


@pytest.mark.parametrize("control", CONTROLS, ids=lambda one: f"{ord(one):04x}")
def test_each_control_is_one_space(control):
    assert one_line(f"a{control}{control}b") == "a b"
    assert not BREAKS.search(plain(f"a{control}b").replace("\n", "").replace("\t", ""))


def test_text_without_breaks_stays_as_it_is():
    assert one_line(" 两  个空格 ") == " 两  个空格 "
    assert plain("一\r\n二\r三\u2028四\t五") == "一\n二\n三\n四\t五"


def test_a_column_folds_by_every_way_in(cast):
    said = {"programme": cast.programme, "kind": "x", "recipient_id": "r", "body": "b",
            "recipient_label": HOSTILE.replace("\x00", ""), "created_at": cast.moment}  # fmt: skip
    saved = Message.objects.create(key="1", subject=HOSTILE, **said)
    assert (saved.subject, saved.recipient_label) == (FOLDED, FOLDED)
    (many,) = Message.objects.bulk_create([Message(key="2", subject=HOSTILE, **said)])
    assert many.subject == FOLDED
    Message.objects.filter(pk=saved.pk).update(subject="a\nb")
    assert Message.objects.get(subject="a\nb").subject == "a b"
    assert set(Message.objects.filter(key="2").values_list("subject", flat=True)) == {FOLDED}


def test_a_finding_with_breaks_in_its_title_is_told_to_everybody(cast, settings):
    """By the act and by the page: the letters go out, on one line, and hold up no other."""
    Message.objects.all().delete()
    raise_finding(
        cast.mao.act(), programme=cast.programme, subject=cast.group("cell.red").subject(),
        group=cast.group("cell.red"), title=HOSTILE, text="甲\n乙", severity="note",
    )  # fmt: skip
    seat, sight = cast.mao.seat, sight_of(cast.mao.seat)
    door = Door(None, cast.programme, cast.mao.person, seat, [seat], cast.moment, sight)
    about = raise_link(door, Subject("reports.report", "r1", HOSTILE), cast.group("cell.red"))
    hostile = HOSTILE.replace("\x00", "")
    sent = {"key": "k", "about": about.partition("about=")[2], "title": hostile,
            "text": "甲\r\n乙", "severity": "note"}  # fmt: skip
    answer = cast.mao.client.post("/p/cast/findings/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    assert set(Finding.objects.values_list("title", flat=True)) == {FOLDED}
    letter = Letter("x", "reminder", Text("提醒"), Text("正文"))
    post(cast.programme, letter, to=[cast.lu.person], at=cast.moment)
    settings.KETI_MODE, settings.EMAIL_HOST = "normal", "127.0.0.1"
    with opened(Office()) as office:
        settings.EMAIL_PORT = office.port
        assert deliver_due(cast.moment) == Message.objects.count() >= 3
    said = [words(mail) for _, mail in office.kept]
    assert sum(FOLDED in one for one in said) >= 2
    assert not any(BREAKS.search(one) for one in said)
    assert {mail["Bcc"] for _, mail in office.kept} == {None}


def plant(model: type[models.Model], *names: str) -> None:
    """Cells as the database would have kept them before they were folded."""
    text = HOSTILE.replace("\x00", "")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"UPDATE {model._meta.db_table} SET {name} = %s", [text])


FILES = ("findings/findings.xlsx", "duties/export.csv", "duties/export.xlsx", "reports/export.csv",
         "reports/export.xlsx", "ledger/ledger.jsonl", "progress.pdf", "members.xlsx")  # fmt: skip


def test_rows_of_old_leave_the_house_on_one_line(cast):
    """Sheets keep one row a thing, calendars one field a line, headers stay headers."""
    cast.at("2030-04-08T10:00")
    raise_finding(
        cast.ji.act(), programme=cast.programme, subject=cast.group("cell.red").subject(),
        group=cast.group("cell.red"), title="甲", text="乙", severity="note",
    )  # fmt: skip
    met = plan_meeting(
        cast.lu.act(), obligation=cast.duty("talk", "cell.red"), place="三号", agenda=["甲"],
        starts_at=local("2030-04-11T14:00"),
    )  # fmt: skip
    before = cast.qin.client.get("/p/cast/duties/export.csv").getvalue()
    plant(Finding, "title", "subject_label")
    plant(Obligation, "title_zh", "title_en")
    plant(Meeting, "title_zh", "place")
    plant(Group, "title_zh")
    plant(Programme, "title_zh")
    for tail in FILES:
        answer = cast.qin.client.get(f"/p/cast/{tail}")
        assert answer.status_code in (200, 404), tail
        assert not BREAKS.search(answer.headers.get("Content-Disposition", "")), tail
    after = cast.qin.client.get("/p/cast/duties/export.csv").getvalue()
    rows = [list(csv.reader(io.StringIO(one.decode("utf-8-sig")))) for one in (before, after)]
    assert len(rows[0]) == len(rows[1])
    for url in (f"{met.path}meeting.ics", f"/cal/{cast.lu.person.feed_token}.ics"):
        text = cast.lu.client.get(url).content.decode()
        assert "\nBcc" not in text.replace("\r\n ", "")
        events = Calendar.from_ical(text).walk("VEVENT")
        assert events
        assert not any(BREAKS.search(str(one["SUMMARY"])) for one in events)
