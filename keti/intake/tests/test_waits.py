"""An application waits for the secretariat from its sending to its decision; nobody else knows."""

import pytest

from keti.duties.models import Obligation
from keti.duties.permissions import visible
from keti.duties.tests.waiting import responses, waiting, waits
from keti.intake import actions
from keti.intake.queries import admission_of
from keti.intake.tests.scene import checked, drafted, published, submitted
from tests.cast import Cast, local, seen_by

pytestmark = pytest.mark.django_db
KIND = "intake.decide"


def test_a_draft_waits_for_nobody(cast: Cast) -> None:
    published(cast)
    drafted(cast)
    assert waits(cast, KIND) == []


def test_what_was_sent_waits_for_the_secretariat_until_the_day_of_decision(cast: Cast) -> None:
    sent = submitted(cast)
    assert waits(cast, KIND) == [("1", "open", ["qin"])]
    duty = waiting(cast, KIND)
    admission = admission_of(cast.programme)
    assert admission is not None
    assert duty.due_at == admission.decide_at == local("2030-03-31T00:00")
    assert (duty.about_path, duty.title_zh) == (sent.path, f"审核申报 {sent.number}")


def test_nobody_but_the_secretariat_knows_of_it(cast: Cast) -> None:
    submitted(cast)
    duty = waiting(cast, KIND)
    own = Obligation.objects.filter(pk=duty.pk)
    seen = {name for name, one in cast.players.items() if visible(seen_by(one.seat), own)}
    assert seen == {"qin"}


@pytest.mark.parametrize("admit", [True, False])
def test_deciding_answers_it(cast: Cast, admit: bool) -> None:
    sent = checked(cast, submitted(cast))
    assert waits(cast, KIND) == [("1", "open", ["qin"])]
    actions.decide_application(
        cast.qin.act(), application=sent, admit=admit, reason="" if admit else "名额已满。",
        place=cast.group("cell.red") if admit else None,
    )  # fmt: skip
    assert waits(cast, KIND) == [("1", "met", [])]


def test_taken_back_it_waits_no_more_and_sent_again_it_does(cast: Cast) -> None:
    sent = submitted(cast)
    actions.withdraw_application(cast.wu.act(), application=sent)
    assert waits(cast, KIND) == [("1", "cancelled", [])]
    submitted(cast)
    states = [state for _, state, _ in waits(cast, KIND)]
    assert (states.count("open"), waiting(cast, KIND).is_closed) == (1, True)
    assert responses(cast, KIND).filter(state="met").count() == 0
