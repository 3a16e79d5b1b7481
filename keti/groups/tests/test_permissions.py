"""In which seat somebody acts; `visible_groups` and `sees_group` agree."""

from dataclasses import replace
from datetime import timedelta

import pytest

from keti.charter.queries import compiled
from keti.documents.actions import keep_upload
from keti.groups import permissions
from keti.groups.doors import recording
from keti.groups.models import Group, Seat
from keti.groups.permissions import (
    acting_seat,
    needs_paper,
    principal,
    sees_all,
    sees_group,
    sight_of,
    visible_groups,
)
from keti.kernel.refusals import Refused
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccff0"
    "bf1e000682027f0bd9a3c10000000049454e44ae426082"
)


def refused(do) -> str:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_one_acts_only_in_ones_own_standing_seat(cast: Cast) -> None:
    act = cast.lu.act()
    assert acting_seat(act, cast.programme) == cast.lu.seat
    assert refused(lambda: acting_seat(replace(act, seat=None), cast.programme)) == "groups.no-seat"
    theirs = replace(act, seat=cast.he.seat)
    assert refused(lambda: acting_seat(theirs, cast.programme)) == "groups.not-your-seat"
    Seat.objects.filter(pk=cast.lu.seat.pk).update(ends_at=act.recorded_at)
    ended = replace(act, seat=Seat.objects.get(pk=cast.lu.seat.pk))
    assert refused(lambda: acting_seat(ended, cast.programme)) == "groups.seat-has-ended"


def test_only_the_secretariat_records_for_others(cast: Cast) -> None:
    for_lu = replace(cast.qin.act(), on_behalf_of=cast.lu.seat)
    assert principal(for_lu, cast.programme) == cast.lu.seat
    by_he = replace(cast.he.act(), on_behalf_of=cast.lu.seat)
    code = refused(lambda: principal(by_he, cast.programme))
    assert code == "groups.only-the-secretariat-records-for-others"


def test_late_recording_needs_evidence_and_a_past(cast: Cast) -> None:
    act = cast.qin.act("2030-03-03T09:00")
    late = replace(act, happened=act.recorded_at - timedelta(days=1))
    assert (
        refused(lambda: principal(late, cast.programme)) == "groups.late-recording-needs-evidence"
    )
    file = keep_upload(act, programme=cast.programme, name="scan.png", data=PNG)
    assert principal(replace(late, evidence=file), cast.programme) == cast.qin.seat
    before = replace(late, evidence=file, happened=cast.moment - timedelta(seconds=1))
    assert refused(lambda: principal(before, cast.programme)) == "groups.claimed-too-early"
    ahead = replace(act, happened=act.recorded_at + timedelta(seconds=1))
    assert refused(lambda: principal(ahead, cast.programme)) == "ledger.happened-in-the-future"


def test_some_acts_need_the_signed_paper(cast: Cast) -> None:
    act = replace(cast.qin.act(), on_behalf_of=cast.lu.seat)
    assert needs_paper(act).code == "groups.on-behalf-needs-paper"
    assert needs_paper(cast.lu.act()).allowed is True


@pytest.mark.parametrize(
    ("who", "inner"),
    [("qin", "all"), ("ji", "all"), ("gao", "all"), ("lu", "own"), ("mao", "own"), ("he", "own"),
     ("ren", "none")],
)  # fmt: skip
def test_visible_groups_agree_with_the_predicate(cast: Cast, who: str, inner: str) -> None:
    seat = getattr(cast, who).seat
    assert sees_all(seat) is (inner == "all")
    visible = set(visible_groups(sight_of(seat), cast.programme))
    assert visible == {one for one in Group.objects.all() if sees_group(sight_of(seat), one)}
    assert len(visible) == {"all": Group.objects.count(), "own": 1, "none": 0}[inner]


def test_a_stranger_sees_no_group(cast: Cast) -> None:
    assert list(visible_groups(None, cast.programme)) == []
    assert sees_group(None, cast.group("core")) is False


def test_a_charter_that_forbids_late_recording_is_obeyed_by_every_act(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = cast.qin.act()
    file = keep_upload(act, programme=cast.programme, name="scan.png", data=PNG)
    late = replace(act, happened=act.recorded_at - timedelta(days=1), evidence=file)
    charter = compiled(cast.programme)
    strict = replace(charter, late=replace(charter.late, allow_recorded_late=False))
    monkeypatch.setattr(permissions, "compiled", lambda programme: strict)
    code = refused(lambda: principal(late, cast.programme))
    assert code == "groups.late-recording-not-allowed"
    assert principal(act, cast.programme) == cast.qin.seat


def test_a_charter_that_forbids_recording_for_others_is_obeyed_by_every_act(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = cast.qin.act(on_behalf_of=cast.lu.seat)
    assert principal(act, cast.programme) == cast.lu.seat
    assert cast.lu.seat.label in chosen_for(cast)
    charter = compiled(cast.programme)
    strict = replace(charter, late=replace(charter.late, allow_on_behalf=False))
    monkeypatch.setattr(permissions, "compiled", lambda programme: strict)
    monkeypatch.setattr(recording, "compiled", lambda programme: strict)
    assert refused(lambda: principal(act, cast.programme)) == "groups.on-behalf-not-allowed"
    assert principal(cast.qin.act(), cast.programme) == cast.qin.seat
    assert cast.lu.seat.label not in chosen_for(cast)


def chosen_for(cast: Cast) -> str:
    """Whom the secretariat may record for on the page of a duty."""
    duty = cast.duty("moon", "cell.red", "2030-04")
    page = cast.qin.client.get(f"/p/cast/duties/{duty.public_id}/")
    return str(page.context["hand_in"].fields["on_behalf_of"].choices)
