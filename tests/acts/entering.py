"""How people come in, by hand: ways in, sessions, mailboxes; a trial that goes again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings

from keti.accounts.actions import (
    PersonFacts,
    account_for,
    correct_person,
    drop_founder,
    end_sessions,
    give_up_mailbox,
    name_founder,
    name_site,
    set_holidays,
    use_way_in,
)
from keti.accounts.models import WayInMeans
from keti.activities.actions import (
    Announced,
    Came,
    Sheet,
    announce,
    cancel_activity,
    check_sheet,
    decline_places,
    enter_sheet,
    hold_activity,
    invite_guest,
    take_places,
    unhold_activity,
    withdraw_guest,
    withdraw_sheet,
)
from keti.backups.actions import change_key, resume
from keti.charter.actions import CharterFile
from keti.duties.models import Obligation
from keti.groups.actions import (
    Place,
    accept_nomination,
    appoint,
    decline_nomination,
    issue_way_in,
    revoke_way_in,
    send_way_in_again,
)
from keti.groups.models import Group, Role, Seat
from keti.intake.actions import decide_application, hand_over_mailbox
from keti.intake.tests.scene import checked, submitted
from keti.kernel import access
from keti.kernel.held import Held, hold_back, let_go
from keti.kernel.named import Site
from keti.ledger.actions import keep_checkpoint, note_access
from keti.ledger.queries import checkpoints
from keti.ledger.rules import read_note
from keti.ledger.rules.offline import cosigned, made_key, read_private
from keti.planning.actions import Founding, delete_programme, found_programme
from keti.promises.actions import (
    Exhibited,
    Given,
    confirm_benefit,
    exhibit,
    give,
    settle,
    withdraw_benefit,
    withdraw_exhibit,
)
from keti.reports.tests.conftest import Desk
from keti.witness.actions import confirm, cosign, dispute, lodge_key, withdraw, withdraw_key
from tests.acts.voting import a_vote, no_consensus
from tests.cast import Cast


def ways_in(cast: Cast) -> None:
    """One way in is handed over, ended, made anew and used; another is asked for by letter."""
    seat = cast.mao.seat
    way = issue_way_in(cast.qin.act(), seat=seat, means=WayInMeans.HAND)
    revoke_way_in(cast.qin.act(), seat=seat, way_id=way.public_id)
    person = correct_person(cast.mao.person, {"mail": "mao.in@example.org"})
    seat.refresh_from_db()
    way = issue_way_in(cast.qin.act(), seat=seat, means=WayInMeans.HAND)
    mine = replace(cast.mao.act(), by=person, seat=None)
    send_way_in_again(mine, way=way)
    use_way_in(mine, way=way, user=account_for(person, person.mail))
    end_sessions(mine, person=person)
    give_up_mailbox(mine, person=person)
    hand_over_mailbox(
        cast.qin.act(), programme=cast.programme, person=cast.mi.person, to=person, reason="离职。"
    )


def nominations(cast: Cast) -> None:
    """A unit is admitted that nominated somebody: they accept; the unit names another: declined."""
    firm = {"track": "firm", "unit": "吴氏公司（演示）", "delegate": "武专家（演示）"}
    sent = submitted(cast, delegate_mail="expert@example.org", **firm)
    decide_application(cast.qin.act(), application=checked(cast, sent), admit=True)
    seat = Seat.objects.with_names().get(organisation__name_zh=firm["unit"])
    act = cast.qin.act(evidence=Desk(cast).file("qin", "同意函.pdf"))
    accept_nomination(act, seat=seat)
    Seat.objects.filter(pk=seat.pk).update(proposed_at=cast.moment)
    act = cast.qin.act(evidence=Desk(cast).file("qin", "谢绝函.pdf"))
    decline_nomination(act, seat=seat)


def keepers(cast: Cast) -> None:
    """Another keeps the installation, and no longer."""
    facts = PersonFacts("新管理（演示）", mail="keeper@example.org", is_demo=True)
    drop_founder(cast.qin.act(), person=name_founder(cast.qin.act(), facts=facts))
    name_site(cast.qin.act(), said=Site("甲协会课题平台（演示）", runs="甲协会（演示）"))
    set_holidays(cast.qin.act(), year=2031, days={date(2031, 1, 23): (False, "春节")})


def put_back(cast: Cast) -> None:
    """An installation was put back from a backup, and runs again."""
    hold_back(Path(settings.KETI_DATA), Held(cast.moment, cast.moment))
    try:
        resume(cast.qin.act(), send=False)
    finally:
        let_go(Path(settings.KETI_DATA))


def rekeyed(cast: Cast) -> None:
    """The key that signs is changed."""
    change_key(cast.qin.act(), reason="例行更换")


def trial(cast: Cast) -> None:
    """Another programme is founded to try it, a monitor and a lead seated, and deleted whole."""
    qin, text = cast.qin.person, (Path(__file__).parents[1] / "cast.yaml").read_text()
    founding = Founding(CharterFile("trial.yaml", text, ""), "trial", is_demo=True)
    made = found_programme(replace(cast.qin.act(), seat=None), founder=qin, founding=founding)
    mine = replace(cast.qin.act(), seat=Seat.objects.of(qin).with_names().get(programme=made))
    for who, group, role in ((cast.ji, "core", "watcher"), (cast.he, "cell.blue", "captain")):
        here = Group.objects.get(programme=made, key=group)
        its = Role.objects.get(programme=made, key=role)
        appoint(mine, place=Place(here, its, person=who.person))
    delete_programme(mine, programme=made, typed=made.title_zh, reason="试用完毕。")


def witnesses(cast: Cast) -> None:
    """Two units compare a checkpoint with what they hold; one takes it back, one holds another. One
    lodges a key, signs with it, and takes that back."""
    keep_checkpoint(cast.programme, cast.moment)
    [kept] = checkpoints(cast.programme)
    made = confirm(cast.lu.act(), programme=cast.programme, typed=kept.root)
    withdraw(cast.lu.act(), confirmation=made, reason="看的是旧信。")
    dispute(cast.mao.act(), programme=cast.programme, typed="AAAABBBB")
    key, text = made_key("lu.example")
    lodged = lodge_key(cast.lu.act(), programme=cast.programme, text=key.text())
    note = cosigned(*read_private(text), read_note(kept.note).checkpoint, 1)
    cosign(cast.lu.act(), programme=cast.programme, typed=note.text())
    withdraw_key(cast.lu.act(), lodged=lodged, reason="换了电脑。")


def promised(cast: Cast) -> None:
    """Things are shown for a promise and one withdrawn; it is settled; a unit is given something,
    confirms it, and another thing is taken back."""
    kind = "outreach.cover"
    duty = Obligation.objects.with_names().get(programme=cast.programme, kind=kind)
    day = cast.moment.date()
    seen = Exhibited("clipping", "甲报的报道", day, outlet="甲报", link="https://example.org/1")
    made = exhibit(cast.qin.act(), obligation=duty, what=seen)
    withdraw_exhibit(cast.qin.act(), exhibit=made, reason="链接写错。")
    exhibit(cast.qin.act(), obligation=duty, what=seen)
    settle(cast.qin.act(), obligation=duty, outcome="partly", reason="只有一家。")
    given = Given(kind, cast.mao.seat.unit, "报道合订本", day)
    hand = give(cast.qin.act(), programme=cast.programme, given=given)
    confirm_benefit(cast.mao.act(), benefit=hand)
    other = give(cast.qin.act(), programme=cast.programme, given=replace(given, what="另一本"))
    withdraw_benefit(cast.qin.act(), benefit=other, reason="发错了。")


def aftercare(cast: Cast) -> None:
    """An activity is announced, answered and held, taken back and cancelled; a sheet is checked."""
    day = cast.moment.date()
    said = Announced("regional", "研讨（演示）", day, day, 5, day, day, "outreach.cover", "130100")
    one = announce(cast.qin.act(), programme=cast.programme, said=said)
    spot = take_places(cast.mao.act(), activity=one, people=2)
    decline_places(cast.mi.act(), activity=one)
    guest = invite_guest(cast.qin.act(), activity=one, body="某局（演示）", post="处长")
    withdraw_guest(cast.qin.act(), guest=guest)
    came, file = Came({spot.public_id: 1}), Desk(cast).file("qin", "纪要.pdf")
    hold_activity(cast.qin.act(), activity=one, came=came, file=file)
    one = unhold_activity(cast.qin.act(), activity=one, reason="记错。")
    cancel_activity(cast.qin.act(), activity=one, reason="改期。")
    known = Sheet("130100", "补贴（演示）", "可申请。", day, source="某号文（演示）")
    sheet = enter_sheet(cast.mao.act(), programme=cast.programme, said=known)
    check_sheet(cast.ji.act(), sheet=sheet)
    withdraw_sheet(cast.mao.act(), sheet=sheet, reason="废止。")


def told(cast: Cast) -> None:
    """A day of the access log that is over."""
    day = access.file_of(date(2020, 1, 1))
    day.parent.mkdir()
    day.write_bytes(b"{}\n")
    note_access(cast.moment)


ENTERING: dict[Callable[[Cast], None], set[str]] = {
    ways_in: {
        "accounts.end_sessions",
        "accounts.give_up_mailbox",
        "accounts.use_way_in",
        "groups.issue_way_in",
        "groups.revoke_way_in",
        "groups.send_way_in_again",
        "intake.hand_over_mailbox",
    },
    nominations: {"groups.accept_nomination", "groups.decline_nomination"},
    trial: {"planning.delete_programme"},
    no_consensus: {"review.vote_again"},
    a_vote: {"planning.cast_vote", "planning.close_vote"},
    put_back: {"backups.resume"},
    told: {"ledger.note_access"},
    promised: {
        "promises.confirm_benefit",
        "promises.exhibit",
        "promises.give",
        "promises.settle",
        "promises.withdraw_benefit",
        "promises.withdraw_exhibit",
    },
    aftercare: {
        "activities.announce",
        "activities.cancel_activity",
        "activities.check_sheet",
        "activities.decline_places",
        "activities.enter_sheet",
        "activities.hold_activity",
        "activities.invite_guest",
        "activities.take_places",
        "activities.unhold_activity",
        "activities.withdraw_guest",
        "activities.withdraw_sheet",
    },
    witnesses: {
        "witness.confirm",
        "witness.cosign",
        "witness.dispute",
        "witness.lodge_key",
        "witness.withdraw",
        "witness.withdraw_key",
    },
    rekeyed: {"backups.change_key"},
    keepers: {
        "accounts.drop_founder",
        "accounts.name_founder",
        "accounts.name_site",
        "accounts.set_holidays",
    },
}
