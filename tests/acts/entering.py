"""How people come in, by hand: personal ways in, sessions, mailboxes."""

from collections.abc import Callable
from dataclasses import replace

from keti.accounts.actions import (
    PersonFacts,
    account_for,
    correct_person,
    drop_founder,
    end_sessions,
    give_up_mailbox,
    name_founder,
    use_way_in,
)
from keti.accounts.models import WayInMeans
from keti.groups.actions import issue_way_in, revoke_way_in, send_way_in_again
from keti.intake.actions import hand_over_mailbox
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


def keepers(cast: Cast) -> None:
    """Another keeps the installation, and no longer."""
    facts = PersonFacts("新管理（演示）", mail="keeper@example.org", is_demo=True)
    drop_founder(cast.qin.act(), person=name_founder(cast.qin.act(), facts=facts))


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
    keepers: {"accounts.drop_founder", "accounts.name_founder"},
}
