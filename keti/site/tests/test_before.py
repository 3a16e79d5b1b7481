"""A data folder of before learns what waits in it; the doctor compares and names the first."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keti.duties.actions import SOURCES, astray, comparing, responding
from keti.duties.enums import DutyState, Nature, Verb
from keti.duties.models import Obligation, Reminder
from keti.duties.tests.waiting import claimed
from keti.intake.tests.scene import submitted
from keti.meetings.actions import MinutesFacts, plan_meeting, record_minutes
from keti.reports.actions import accept_report
from keti.reports.tests.conftest import Desk
from keti.site.before import after_migrations, owe_what_waits
from keti.site.doctor import examine
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
WHAT = "what waits is owed"
ROOT = Path(__file__).resolve().parents[3]
RUN = "import django; django.setup(); from keti.site.tests.before import main; main()"
KEPT = ("key", "kind", "form", "title_zh", "title_en", "group_id", "role_id", "seat_id", "pool")
KEPT += ("pool_group_id", "caused_by_id", "due_at", "remind", "escalate", "subject_id")
KEPT += ("about_path", "words_of_id", "state", "opens_at")


@pytest.fixture
def played(cast: Cast) -> Cast:
    """Something waits in every room, and something was answered."""
    submitted(cast)
    cast.at("2030-03-18T10:00")
    claimed(cast)
    cast.at("2030-04-08T10:00")
    met = plan_meeting(
        cast.lu.act(), obligation=cast.duty("talk", "cell.red"),
        starts_at=local("2030-04-11T14:00"), place="三号会议室（演示）",
    )  # fmt: skip
    cast.at("2030-04-11T17:00")
    facts = MinutesFacts("讨论了案例。", {cast.lu.seat: "present"}, ["分工不变。"])
    record_minutes(cast.lu.act(), meeting=met, minutes=facts)
    cast.at("2030-04-28T10:00")
    desk = Desk(cast)
    desk.submitted("lu")
    accept_report(cast.fang.act(), report=desk.submitted("he").report)
    return cast


def owed() -> list[dict[str, object]]:
    """Every open response; since when a gate can be opened no row says, so its term is left out."""
    rows = Obligation.objects.filter(nature=Nature.RESPONSE, state=DutyState.OPEN)
    found = sorted(rows.values(*KEPT), key=lambda one: str(one["key"]))
    return [one | {"due_at": None} if one["form"] == Verb.OPEN else one for one in found]


def forget() -> None:
    """The rows of before: none of them says that anything waits."""
    Reminder.objects.filter(obligation__nature=Nature.RESPONSE).delete()
    Obligation.objects.filter(nature=Nature.RESPONSE).delete()


def test_a_folder_of_before_owes_exactly_what_waits_in_it(played: Cast) -> None:
    before = owed()
    assert {row["kind"] for row in before} == {
        "duties.vouch", "intake.decide", "meetings.confirm", "reports.accept", "review.open",
    }  # fmt: skip
    forget()
    assert dict(examine())[WHAT].startswith("cast: respond.")
    after_migrations(changed=True)
    assert owed() == before
    assert list(astray(played.programme, played.qin.moment)) == []
    assert dict(examine())[WHAT] == ""


def test_a_second_time_nothing_is_to_be_done(played: Cast) -> None:
    forget()
    assert owe_what_waits(played.qin.moment) == (1, 0)
    rows = list(Obligation.objects.order_by("pk").values())
    assert owe_what_waits(played.qin.moment) == (0, 0)
    after_migrations(changed=True)
    assert list(Obligation.objects.order_by("pk").values()) == rows


def test_where_nothing_was_migrated_nothing_is_read(played: Cast) -> None:
    forget()
    with CaptureQueriesContext(connection) as caught:
        after_migrations(changed=False)
    assert (owed(), len(caught)) == ([], 0)


def test_what_could_not_be_done_is_tried_again(
    played: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = owed()
    forget()
    broken = SOURCES | {"reports": lambda programme, subject_id, at: 1 // 0}
    with monkeypatch.context() as patch:
        patch.setattr(responding, "SOURCES", broken)
        patch.setattr(comparing, "SOURCES", broken)
        after_migrations(changed=True)
    assert owed() == []
    assert Path(settings.KETI_DATA, "what-waits-is-not-owed-yet").exists()
    after_migrations(changed=False)
    assert owed() == before
    assert not Path(settings.KETI_DATA, "what-waits-is-not-owed-yet").exists()


@pytest.mark.fault
@pytest.mark.parametrize("beside", [[], [str(ROOT / "tools" / "with-postgres")]])
def test_migrating_a_real_folder_does_it(tmp_path: Path, beside: list[str]) -> None:
    shown = {one: value for one, value in os.environ.items() if one != "DATABASE_URL"}
    environment = shown | {
        "KETI_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "keti.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [*beside, sys.executable, "-c", RUN]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    assert (told["owed"], told["back"], told["idle"]) == (1, 0, 0)
    assert told["again"] == told["before"] != []


def test_a_programme_closed_for_good_is_left_alone(played: Cast) -> None:
    forget()
    type(played.programme).objects.update(closed_at=played.qin.moment)
    assert owe_what_waits(played.qin.moment) == (0, 0)
    assert owed() == []
    assert dict(examine())[WHAT] == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": DutyState.CANCELLED}, "waits and is not owed"),
        ({"subject_id": "gone", "key": "respond.accept@gone/1"}, "waits and is not owed"),
        ({"pool_group": None}, "is owed or seen by others than it should be"),
        ({"words_of": None}, "is owed or seen by others than it should be"),
        ({"caused_by": None}, "is owed or seen by others than it should be"),
    ],
)
def test_the_doctor_names_the_first_difference(
    played: Cast, change: dict[str, object], said: str
) -> None:
    duty = Obligation.objects.get(kind="reports.accept", state=DutyState.OPEN)
    change = dict(change)
    key = change.pop("key", None)
    if key:
        Obligation.objects.create(
            programme=duty.programme, key=key, kind=duty.kind, form=duty.form,
            nature=duty.nature, title_zh=duty.title_zh, group=duty.group, due_at=duty.due_at,
            pool=duty.pool, pool_group=duty.pool_group, words_of=duty.words_of,
        )  # fmt: skip
        said = "is owed and does not wait"
    else:
        Obligation.objects.filter(pk=duty.pk).update(**change)
        key = duty.key
    assert dict(examine())[WHAT] == f"cast: {key} {said}; run keti doctor --mend"
    after_migrations(changed=True)
    assert dict(examine())[WHAT] == ""
