"""Texts of the old dialect are read before anybody is served; no page starts the reader."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from keti.documents.actions import reading
from keti.documents.models import ReadText
from keti.documents.rules import pandoc
from keti.intake.models import Call
from keti.intake.tests.scene import published
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused
from keti.meetings.models import Meeting
from keti.reports.models import Version
from keti.reports.tests.conftest import Desk
from keti.site.before import after_migrations, is_migrated, note_old_texts
from keti.work.actions import draft_task_books
from keti.work.models import TaskBook
from tests.acts.recipes import BOOK
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
OLD = {
    "reports": "报告**重点**",
    "work": "任务书**重点**",
    "meetings": "纪要**重点**",
    "intake": "征集**重点**",
    "intake, in English": "call **point**",
}
"""What was written in the old dialect, by room."""


def written_before(cast: Cast) -> list[str]:
    """Rows as a folder of before has them, which name no format; returns their pages."""
    cast.at("2030-04-28T10:00")
    version = Desk(cast).submitted("lu")
    rows = [{**one, "text": OLD["reports"]} for one in version.sections]
    for one in rows:
        one.pop("form")
    old = {"number": 2, "public_id": new_id(), "sections": rows}
    Version.objects.create(**values(version) | old)
    [book, *_rest] = draft_task_books(
        cast.lu.act(), obligation=cast.duty("brief", "cell.red"), content=BOOK
    )
    written = [one | {"text": OLD["work"]} for one in book.content["sections"]]
    for one in written:
        one.pop("form")
    TaskBook.objects.filter(pk=book.pk).update(content=book.content | {"sections": written})
    met = Meeting.objects.create(
        programme=cast.programme, group=cast.group("cell.red"), chair=cast.lu.seat,
        title_zh="小组会", title_en="Cell meeting", starts_at=local("2030-04-11T14:00"),
        arranged_at=local("2030-04-01T14:00"), state="recorded", minutes=OLD["meetings"],
        recorded_at=local("2030-04-11T16:00"), recorded_by="卢组长（演示）",
    )  # fmt: skip
    call = Call.objects.create(**values(published(cast)) | {
        "number": "通知2", "public_id": new_id(), "body_zh": OLD["intake"], "body_form": None,
        "body_en": OLD["intake, in English"], "obligation_id": cast.duty("gather").pk,
    })  # fmt: skip
    return [f"{version.report.path}v/2/", book.path, met.path, call.path]


def values(row: Any) -> dict[str, Any]:
    return {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
        if not one.primary_key
    }


def test_old_texts_are_read_before_anybody_is_served(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = written_before(cast)
    note_old_texts(Path(settings.KETI_DATA))
    assert not is_migrated()
    after_migrations(changed=False)
    assert is_migrated()
    assert ReadText.objects.count() == len(OLD)
    monkeypatch.setattr(pandoc, "run", lambda *_words, **_more: pytest.fail("a reader was started"))
    for page in pages:
        shown = cast.lu.client.get(page).content.decode()
        assert "<strong>重点</strong>" in shown, page
        assert "标记过于复杂" not in shown


def test_a_reader_that_is_missing_stops_no_start_and_is_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = written_before(cast)
    with monkeypatch.context() as lacking:
        lacking.setattr(reading, "syntax_trees", missing)
        after_migrations(changed=True)
    assert ReadText.objects.count() == 0
    assert all("**重点**" in cast.lu.client.get(one).content.decode() for one in pages)
    after_migrations(changed=False)
    assert ReadText.objects.count() == len(OLD)
    assert not Path(settings.KETI_DATA, "old-texts-are-not-read-yet").exists()


def missing(*_words: object, **_more: object) -> object:
    raise Refused("documents.render-failed", why="no such program")
