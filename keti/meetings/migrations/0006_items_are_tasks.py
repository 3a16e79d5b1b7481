"""Every action item becomes a task, under the id it had, with what is owed for it."""

import json
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db import migrations
from django.http import QueryDict

AT_ONCE = 500
ITEM_PAGE = re.compile(r"(/p/[^/]+/)meetings/items/([^/?]+)/")
LIST_NAME, TASKS = "items", "tasks"
ASKED = ("q", "group", "state", "source", "sort")
"""What the list of tasks is asked for, in the order in which its addresses say it."""


def _label(meeting: Any) -> str:
    day = meeting.starts_at.astimezone(ZoneInfo(meeting.programme.zone))
    return f"{meeting.title_zh or meeting.title_en} {day:%Y-%m-%d}"[:200]


def _task(model: Any, item: Any) -> Any:
    meeting = item.meeting
    return model(
        public_id=item.public_id,
        programme_id=meeting.programme_id,
        group_id=meeting.group_id,
        seat_id=item.seat_id,
        obligation_id=item.obligation_id,
        title=item.title,
        due_at=item.due_at,
        source_kind="meetings.meeting",
        source_id=meeting.public_id,
        source_label=_label(meeting),
        source_path=f"/p/{meeting.programme.slug}/meetings/{meeting.public_id}/",
        order=item.order,
        frozen=item.frozen,
        state=item.state,
        assigned_at=meeting.recorded_at or meeting.starts_at,
        assigned_by=meeting.recorded_by,
        note=item.note,
        answered_at=item.done_at,
        recorded_late=item.recorded_late,
        on_behalf=item.on_behalf,
    )


def _copied(apps: Any) -> Iterator[Any]:
    """The tasks to be made: of every item that is none yet."""
    task = apps.get_model("work", "Task")
    known = set(task.objects.values_list("public_id", flat=True))
    items = apps.get_model("meetings", "ActionItem").objects.select_related("meeting__programme")
    for item in items.order_by("pk").iterator(AT_ONCE):
        if item.public_id not in known:
            yield _task(task, item)


def move_items(apps: Any, _schema: Any) -> None:
    """The items themselves, and what is owed: its key and its date never change."""
    apps.get_model("work", "Task").objects.bulk_create(_copied(apps), batch_size=AT_ONCE)
    owed = apps.get_model("duties", "Obligation").objects
    owed.filter(kind="meetings.item").update(kind="work.task", form="task")
    for duty in owed.filter(with_kind="meetings.item").only("with_path").iterator(AT_ONCE):
        path = ITEM_PAGE.sub(r"\1tasks/\2/", duty.with_path)
        owed.filter(pk=duty.pk).update(with_kind="work.task", with_path=path)


def move_typed(apps: Any, _schema: Any) -> None:
    """What somebody began to write of an item stands in the form of the task."""
    drafts = apps.get_model("drafts", "Draft").objects.filter(place__contains="/meetings/items/")
    for one in drafts.order_by("pk"):
        page = ITEM_PAGE.match(one.place)
        if page is None:
            continue
        one.place = f"{page[1]}tasks/{page[2]}/"
        one.form_key = f"{one.place} {one.place}finish/ f-note"
        one.typed = _renamed(one.typed)
        one.begun = _renamed(one.begun)
        one.save(update_fields=["place", "form_key", "typed", "begun"])


def _renamed(boxes: str) -> str:
    return json.dumps({f"f-{name}": value for name, value in json.loads(boxes).items()})


def move_views(apps: Any, _schema: Any) -> None:
    """What somebody kept of the list of items is kept of the list of tasks."""
    views = apps.get_model("lists", "SavedView").objects
    for one in views.filter(called=LIST_NAME).order_by("pk"):
        asked = QueryDict(one.query.removeprefix("?"), mutable=True)
        asked["source"] = "meeting"
        if asked.get("sort", "").removeprefix("-") == "meeting":
            asked["sort"] = asked["sort"].replace("meeting", "source")
        same = views.filter(programme=one.programme_id, person=one.person_id, called=TASKS)
        taken = set(same.values_list("title", flat=True))
        one.title = next(name for name in _names(one.title) if name not in taken)
        said = QueryDict(mutable=True)
        for name in ASKED:
            if name in asked:
                said[name] = asked[name]
        one.called, one.query = TASKS, f"?{said.urlencode()}"
        one.save(update_fields=["called", "query", "title"])


def _names(title: str) -> Iterator[str]:
    """The name, then the same with a number."""
    yield title
    number = 2
    while True:
        yield f"{title[:54]} {number}"
        number += 1


class Migration(migrations.Migration):
    """On the way back the tasks stay: nothing is lost, and a second time nothing is made twice."""

    dependencies = [
        ("drafts", "0002_discarded_apart"),
        ("duties", "0008_one_nature"),
        ("lists", "0001_initial"),
        ("meetings", "0005_form_frozen"),
        ("work", "0005_agreed"),
    ]
    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (move_items, move_typed, move_views)
    ]
