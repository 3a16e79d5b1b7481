"""An amendment waits for every role that must approve it, and for no other."""

import pytest

from keti.duties.tests.waiting import responses, waits
from keti.planning import actions
from keti.planning.tests.test_amending import EARLIER, GREEN, answer, propose, ruled
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
KIND = "planning.approve"
__all__ = ["ruled"]


def test_the_role_that_has_not_spoken_is_asked(ruled: Cast) -> None:
    amendment = propose(ruled, EARLIER)
    assert waits(ruled, KIND) == [("clerk", "open", ["qin"])]
    [duty] = responses(ruled, KIND)
    assert (duty.due_at, duty.about_path) == (local("2030-04-11T00:00"), amendment.path)


def test_each_role_has_its_own_and_a_yes_answers_it(ruled: Cast) -> None:
    amendment = propose(ruled, EARLIER, who="lu")
    assert waits(ruled, KIND) == [("head", "open", ["fang"]), ("clerk", "open", ["qin"])]
    answer(ruled, "fang", amendment)
    assert waits(ruled, KIND) == [("head", "met", []), ("clerk", "open", ["qin"])]
    answer(ruled, "qin", amendment)
    assert waits(ruled, KIND) == [("head", "met", []), ("clerk", "met", [])]


def test_a_no_answers_for_one_role_and_asks_the_others_no_more(ruled: Cast) -> None:
    amendment = propose(ruled, EARLIER, who="lu")
    answer(ruled, "qin", amendment, approve=False)
    assert waits(ruled, KIND) == [("head", "cancelled", []), ("clerk", "met", [])]


@pytest.mark.parametrize("who", ["lu", "qin"])
def test_withdrawing_is_no_answer_not_even_of_who_could_give_it(ruled: Cast, who: str) -> None:
    amendment = propose(ruled, EARLIER, who="lu")
    act = getattr(ruled, who).act()
    actions.withdraw_amendment(act, amendment=amendment, reason="另议。")
    assert waits(ruled, KIND) == [("head", "cancelled", []), ("clerk", "cancelled", [])]


def test_what_another_amendment_overtook_nobody_is_asked_about(ruled: Cast) -> None:
    made = propose(ruled, EARLIER)
    propose(ruled, EARLIER, GREEN)
    answer(ruled, "qin", made)
    ruled.at("2030-04-06T10:00")
    assert [state for _, state, _ in waits(ruled, KIND)] == ["met", "open"]
    actions.apply_due(local("2030-04-06T10:00"))
    assert [state for _, state, _ in waits(ruled, KIND)] == ["met", "cancelled"]
