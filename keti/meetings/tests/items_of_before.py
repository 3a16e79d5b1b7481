"""Run in a process and a database of its own: action items of before become tasks.

Prints, as JSON, what stands afterwards and what pages and database say to it.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path

from django.apps import apps as today
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from django.test.utils import setup_test_environment

from keti.duties.models import Obligation
from keti.kernel.acts import Subject
from keti.ledger.actions import record
from keti.ledger.queries import checkpoint, export
from keti.ledger.rules import verify
from keti.work.models import Task
from tests.cast import Cast, assemble, local

BEFORE = {"meetings": "0005_form_frozen", "work": "0004_withdrawn"}
ROOT = Path(__file__).resolve().parents[3]
MET, DUE = local("2030-04-11T14:00"), local("2030-04-20T00:00")
PAGE = "/p/cast/meetings/items/{}/"


def owed(apps, cast: Cast, public_id: str, title: str):
    return apps.get_model("duties", "Obligation").objects.create(
        programme_id=cast.programme.pk, key=f"meetings.item/{public_id}", kind="meetings.item",
        form="action_item", title_zh=title, title_en=title, group_id=cast.group("cell.red").pk,
        words_of_id=cast.group("cell.red").pk, seat_id=cast.mao.seat.pk, due_at=DUE,
        subject_id=public_id, nature="promise",
    )  # fmt: skip


def write(apps, cast: Cast) -> None:
    """Confirmed minutes with three items, one of them done and two alike, in the tables as they
    were; what was reminded, begun to be written and kept of them."""
    meeting = apps.get_model("meetings", "Meeting").objects.create(
        public_id="met", programme_id=cast.programme.pk, group_id=cast.group("cell.red").pk,
        chair_id=cast.lu.seat.pk, title_zh="小组会", title_en="Cell meeting", starts_at=MET,
        arranged_at=MET, state="confirmed", minutes="谈。", minutes_form="plain/1", number="1号",
        sha256="0" * 64, recorded_at=MET + timedelta(hours=2), recorded_by="卢组长（演示）（组长）",
        confirmed_at=MET + timedelta(hours=3), confirmed_by="卢组长（演示）（组长）",
    )  # fmt: skip
    done = {
        "state": "done", "note": "访谈了\n四家", "done_at": MET + timedelta(days=2),
        "recorded_late": True, "on_behalf": True,
    }  # fmt: skip
    items = apps.get_model("meetings", "ActionItem").objects
    for order, (key, title, more) in enumerate(
        [("a", "补案例", {}), ("b", "访谈", done), ("c", "补案例", {})], start=1
    ):
        duty = owed(apps, cast, key, title)
        if more:
            duty.state, duty.met_at = "met", more["done_at"]
            duty.with_kind, duty.with_id, duty.with_path = "meetings.item", key, PAGE.format(key)
            duty.save()
        items.create(
            public_id=key, meeting=meeting, order=order, title=title, seat_id=cast.mao.seat.pk,
            due_at=DUE, obligation=duty, frozen=True, **more,
        )  # fmt: skip
    owed(apps, cast, "dropped", "不办了")
    first = apps.get_model("duties", "Obligation").objects.get(subject_id="a")
    apps.get_model("duties", "Reminder").objects.create(
        obligation=first, step="5d", sent_at=DUE - timedelta(days=5)
    )
    _typed(apps, cast)


def _typed(apps, cast: Cast) -> None:
    place = PAGE.format("a")
    apps.get_model("drafts", "Draft").objects.create(
        person_id=cast.mao.person.pk, form_key=f"{place} {place} note", place=place, title="补案例",
        typed=json.dumps({"note": ["写到一半"]}), begun=json.dumps({"note": "x"}), size=9,
        saved_at=MET,
    )  # fmt: skip
    views = apps.get_model("lists", "SavedView").objects
    for called, title, query in (
        ("tasks", "我的", "?q=写"),
        ("items", "我的", "?q=案例&state=done&sort=-meeting"),
        ("items", "全部", "?state="),
    ):
        views.create(
            programme_id=cast.programme.pk, person_id=cast.mao.person.pk, called=called,
            title=title, query=query, saved_at=MET,
        )  # fmt: skip


def recorded(cast: Cast) -> None:
    """The line that finishing an item left."""
    about = Subject("meetings.item", "b", "访谈", PAGE.format("b"))
    with transaction.atomic():
        record(
            cast.mao.act("2030-04-13T14:00"), "meetings.item.finished",
            programme=cast.programme, about=about, facts={"note": "访谈了\n四家"},
        )  # fmt: skip


def rows() -> dict[str, object]:
    """Tasks, what is owed for them, and what was kept beside them."""
    get = today.get_model
    task = (
        "public_id", "group__key", "seat__person__name", "obligation__subject_id", "title",
        "due_at", "source_kind", "source_id", "source_label", "source_path", "order", "frozen",
        "state", "assigned_at", "assigned_by", "note", "answered_at", "recorded_late", "on_behalf",
    )  # fmt: skip
    duty = ("key", "kind", "form", "subject_id", "state", "with_kind", "with_path", "due_at")
    duties = get("duties", "Obligation").objects.filter(key__startswith="meetings.item/")
    return {
        "tasks": list(get("work", "Task").objects.order_by("order").values_list(*task)),
        "duties": list(duties.order_by("pk").values_list(*duty)),
        "reminded": get("duties", "Reminder").objects.filter(obligation__subject_id="a").count(),
        "drafts": list(
            get("drafts", "Draft").objects.values_list("place", "form_key", "typed", "begun")
        ),
        "views": list(
            get("lists", "SavedView").objects.order_by("pk").values_list("called", "title", "query")
        ),
    }


def refused() -> list[str]:
    """What the database refuses to do to what confirmed minutes name."""
    tasks = Task.objects.filter(public_id="a")
    found = []
    for name, change in (
        ("title", lambda: tasks.update(title="别的")),
        ("frozen", lambda: tasks.update(frozen=False)),
        ("delete", lambda: tasks.delete()),
        ("note", lambda: tasks.update(note="写")),
    ):
        try:
            with transaction.atomic():
                change()
                transaction.set_rollback(True)
        except DatabaseError:
            found.append(name)
    return found


def shown(cast: Cast) -> dict[str, object]:
    """What pages say of it: old addresses, the minutes, the record, the list."""
    get = cast.mao.client.get
    duty = Obligation.objects.get(subject_id="a")
    minutes = get("/p/cast/meetings/met/").content.decode()
    return {
        "old": get(PAGE.format("a"))["Location"],
        "owed": get(f"/p/cast/do/{duty.public_id}/")["Location"],
        "next": get(f"/p/cast/tasks/for/{duty.public_id}/")["Location"],
        "minutes": minutes.count("补案例（") == 2 and "访谈（" in minutes,
        "task": "访谈了" in get("/p/cast/tasks/b/").content.decode(),
        "stranger": cast.he.client.get("/p/cast/tasks/b/").status_code,
        "record": "办结待办事项" in cast.qin.client.get("/p/cast/ledger/").content.decode(),
    }


def stood(graph: MigrationGraph, room: str, name: str) -> bool:
    """Did a room as it is now stand already? Later ones rest on what came after."""
    rests = graph.forwards_plan((room, name))
    return room in BEFORE or not any(BEFORE.get(one, last) < last for one, last in rests)


def main() -> None:
    """Found a programme, migrate to before, write, migrate to today, say what stands; the same
    after a way back."""
    setup_test_environment()
    graph = MigrationExecutor(connection).loader.graph
    leaves = graph.leaf_nodes()
    before = [(room, BEFORE.get(room, name)) for room, name in leaves if stood(graph, room, name)]
    MigrationExecutor(connection).migrate(leaves)
    cast = assemble(ROOT / "tests" / "cast.yaml")
    executor = MigrationExecutor(connection)
    executor.migrate([*BEFORE.items()])
    write(executor.loader.project_state(before).apps, cast)
    recorded(cast)
    trusted = checkpoint(cast.programme).text()
    MigrationExecutor(connection).migrate(leaves)
    cast.at("2030-04-15T10:00")
    ill = verify(export(cast.programme), trusted)
    said = rows() | {"refused": refused(), "shown": shown(cast), "ill": ill}
    MigrationExecutor(connection).migrate([("meetings", BEFORE["meetings"])])
    MigrationExecutor(connection).migrate(leaves)
    again = {name: said[name] for name in rows()} == rows()
    json.dump(said | {"again": again}, sys.stdout, default=str, ensure_ascii=False)
