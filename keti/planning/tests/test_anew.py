"""Nothing is overdue at birth: a group added late, a programme founded late."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keti.charter.actions import CharterFile
from keti.charter.rules import load
from keti.duties.models import Obligation
from keti.groups.models import Group
from keti.kernel.acts import Act
from keti.ledger.models import Entry
from keti.planning.actions import Founding, apply_due, found_programme
from keti.planning.models import Amendment
from keti.planning.queries import reality
from keti.planning.rules import changes as made
from keti.planning.rules.anew import BEGINS, born, with_late_groups
from keti.planning.tests.test_amending import GREEN, file, propose, ruled, text
from keti.planning.tests.test_before import own
from keti.work.models import TaskBook
from tests.cast import Cast, local

__all__ = ["own", "ruled"]
pytestmark = pytest.mark.django_db
EFFECT = "2030-04-10T10:00"
FIRST = "2030-04-18T00:00"


def brought_in(cast: Cast) -> Amendment:
    """The green cell as its pages bring it in: the file, the preview, two approvals, its day."""
    url = str(cast.fang.client.post("/p/cast/charter/draft/", {"key": "d"}).url)
    upload = SimpleUploadedFile("c.yaml", text(GREEN).encode(), "text/yaml")
    cast.fang.client.post(f"{url}file/", {"base": "0", "upload": upload})
    preview = cast.fang.client.get(f"{url}propose/").content.decode()
    assert "小组任命（绿组）" in preview
    sent = cast.fang.client.post(f"{url}propose/", {"key": "p", "reason": "新增绿组。"})
    assert sent.status_code == 302
    one = Amendment.objects.latest("pk")
    assert cast.gao.client.post(one.path, {"key": "y", "do": "approve"}).status_code == 302
    cast.at(EFFECT)
    assert apply_due(local(EFFECT)) == 1
    one.refresh_from_db()
    assert one.state == "applied"
    return one


def test_a_group_added_late_is_appointed_and_gets_its_task_books(ruled: Cast) -> None:
    brought_in(ruled)
    mine = Obligation.objects.filter(programme=ruled.programme, group__key="cell.green")
    begins = {one.kind: one for one in mine.filter(form__in=BEGINS)}
    assert {kind: one.due_at for kind, one in begins.items()} == {
        "seat.cell": local(FIRST),
        "brief": local(FIRST),
        "take_on": local("2030-04-27T00:00"),
    }
    assert not mine.filter(due__lte=local(EFFECT)).exists()
    office, green = ruled.qin.client, Group.objects.get(key="cell.green")
    place = f"/p/cast/groups/for/{begins['seat.cell'].public_id}/"
    assert "逾期" not in office.get(place).content.decode()
    assert (
        "自列入之日起另算"
        in office.get(f"/p/cast/duties/{begins['seat.cell'].public_id}/").content.decode()
    )
    for key, role, name in (("1", "captain", "绿组长（演示）"), ("2", "hand", "绿组员（演示）")):
        who = {"key": key, "group": green.public_id, "role": role, "name": name}
        who |= {"mail": f"green{key}@example.org"}
        assert office.post("/p/cast/roster/appoint/", who).status_code == 302
    office.post(
        "/p/cast/roster/appoint/",
        {"key": "3", "group": green.public_id, "role": "hand", "name": "绿组员二（演示）"},
    )
    assert office.post(place, {"key": "c"}).status_code == 302
    begins["seat.cell"].refresh_from_db()
    assert begins["seat.cell"].state == "met"
    base = f"/p/cast/taskbooks/issue/{begins['brief'].public_id}/"
    begins["brief"].refresh_from_db()
    behalf = {"on_behalf_of": begins["brief"].seat.public_id, "title": "绿组任务书"}
    written = {"key": "b", "s_charge": "调查", "s_yield": "报告", "s_basis": "出处"}
    drafted = office.post(base, written | behalf | {"targets": "案例三个"})
    assert drafted.status_code == 302
    assert TaskBook.objects.filter(group=green).count() == 2


def test_a_later_amendment_leaves_what_began_anew_alone(ruled: Cast) -> None:
    brought_in(ruled)
    ruled.at("2030-04-11T09:00")
    later = propose(ruled, GREEN, ("zh: 绿组", "zh: 青组"))
    touched = [one for one in later.plan["changes"] if one["thing"] == made.DUTY]
    assert [one for one in touched if "green" in one["key"] and one["verb"] != "retitle"] == []


def test_brought_into_force_days_later_its_days_stand_while_they_are_ahead(ruled: Cast) -> None:
    new, _ = load(file(GREEN).text, "cast.yaml")
    assert new is not None
    standing, key = reality(ruled.programme, ruled.moment), "seat.cell@cell.green"

    def due(at: str) -> datetime:
        wanted = with_late_groups(new, standing, local(at), local(EFFECT))
        return next(one.due_at for one in wanted.obligations if one.key == key)

    assert due("2030-04-12T09:00") == local(FIRST)
    assert due("2030-04-18T00:00") == local("2030-04-26T00:00")


def test_what_is_past_at_the_founding_is_dropped_or_begun_anew(cast: Cast) -> None:
    at = local("2030-05-08T10:00")
    charter, _ = load(file().text, "cast.yaml")
    assert charter is not None
    birth = born(charter, at)
    assert all(one.due_at > at for one in birth.charter.obligations)
    assert birth.dropped and all(one.period and one.due_at <= at for one in birth.dropped)
    today = [one for one in birth.anew if one.due_at == local("2030-05-09T00:00")]
    assert all(not one.period for one in birth.anew if one not in today)
    kept = {one.key: one for one in birth.charter.obligations}
    assert {*kept} | {one.key for one in birth.dropped} == {one.key for one in charter.obligations}
    before = {one.key: one.due_at for one in charter.obligations}
    anew = {one.key for one in birth.anew}
    ahead = [one for one in charter.obligations if before[one.key] > at and one.key not in anew]
    assert ahead and all(kept[one.key] == one for one in ahead)
    for one in birth.charter.obligations:
        if not one.period:
            assert all(kept[need].due_at <= one.due_at for need in one.needs if need in anew)
    again = sorted((one for one in birth.anew if one not in today), key=lambda one: one.due_at)
    assert again[0].due_at == local("2030-05-16T00:00")
    assert again[0].kind == "invite"
    for one in again:
        assert one.due_at - again[0].due_at == before[one.key] - before[again[0].key]


def test_a_programme_founded_late_owes_nothing_overdue_and_says_so(cast: Cast) -> None:
    at = cast.at("2030-05-08T10:00")
    founded = found_programme(
        Act(by=cast.qin.person, recorded_at=at),
        founder=cast.qin.person,
        founding=Founding(CharterFile("late.yaml", file().text, ""), "late", is_demo=True),
    )
    assert not Obligation.objects.filter(programme=founded, due__lte=at).exists()
    assert "逾期" not in cast.qin.client.get("/p/late/desk/").content.decode()
    [line] = Entry.objects.filter(programme=founded)
    assert "invite@core" in line.content["facts"]["anew"]
    assert "talk@cell.red/2030-04" in line.content["facts"]["dropped"]
    shown = cast.qin.client.get("/start/founded/late/").content.decode()
    assert "发布征集" in shown
    assert "不再要求" in shown


def test_founded_in_time_nothing_is_dropped(cast: Cast) -> None:
    charter, _ = load(file().text, "cast.yaml")
    assert charter is not None
    birth = born(charter, cast.moment - timedelta(days=1))
    assert (birth.charter, birth.dropped, birth.anew) == (charter, (), ())
