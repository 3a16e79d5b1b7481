"""An amendment that is voted on: everybody asked votes in secret, the count approves or ends it."""

from datetime import timedelta
from fractions import Fraction

import pytest

from keti.charter.actions import CharterFile
from keti.charter.queries import in_force
from keti.charter.rules import load
from keti.charter.rules.compiled import GateRule
from keti.charter.rules.lint import lint
from keti.charter.tests.small import TIDY
from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.planning.actions import (
    Proposal,
    answer_amendment,
    cast_vote,
    close_vote,
    count_due,
    propose_amendment,
)
from keti.planning.rules.classes import classes
from keti.planning.rules.voting import Count, result
from keti.planning.tests.test_amending import EARLIER, text
from tests.cast import local

VOTE = ("approve: [head, clerk], notice: P3D", "approve: [referee, patron], notice: P0D, "
        "rule: {quorum: 3, approve: 2/3}, open: P10D")  # fmt: skip
NOW, LATER = "2030-04-03T10:00", "2030-04-04T10:00"
RULE = GateRule(3, Fraction(2, 3))


@pytest.fixture
def voted(cast):
    """An amendment of the class that is voted on, proposed on 3 April."""
    propose_amendment(
        cast.gao.act(), programme=cast.programme,
        proposal=Proposal(CharterFile("cast.yaml", text(VOTE)), "补上调整办法。"),
    )  # fmt: skip
    cast.at(NOW)
    made = propose_amendment(
        cast.fang.act(NOW), programme=cast.programme,
        proposal=Proposal(CharterFile("cast.yaml", text(VOTE, EARLIER)), "月报提前两天。"),
    )  # fmt: skip
    return cast, made


def vote(cast, who, amendment, *, yes=True, at=LATER):
    amendment.refresh_from_db()
    return cast_vote(cast.players[who].act(at), amendment=amendment, approve=yes, reason="。")


def code(run):
    with pytest.raises(Refused) as caught:
        run()
    return caught.value.code


def owed(amendment):
    found = Obligation.objects.filter(subject_id=amendment.public_id, kind="planning.approve")
    return sorted(one.seat.acting_person.name[0] for one in found.open().select_related("seat"))


@pytest.mark.parametrize(
    ("seats", "yes", "no", "over", "expected"),
    [(4, 2, 0, False, ""), (4, 3, 0, False, "approved"), (4, 0, 2, False, "refused"),
     (4, 2, 0, True, "refused"), (4, 2, 1, True, "approved"), (4, 2, 2, False, "refused"),
     (4, 2, 1, False, "")],
)  # fmt: skip
def test_the_count(seats, yes, no, over, expected):
    assert result(RULE, Count(seats, yes, no), over=over) == expected


def test_without_a_quorum_everybody_votes():
    half = GateRule()
    assert result(half, Count(3, 2, 0), over=False) == ""
    assert result(half, Count(3, 2, 0), over=True) == "refused"
    assert result(half, Count(3, 2, 1), over=False) == "approved"
    assert result(GateRule(2, unanimous=True), Count(4, 2, 0), over=True) == "approved"
    assert result(GateRule(2, unanimous=True), Count(4, 2, 1), over=False) == "refused"


@pytest.mark.django_db
def test_everybody_asked_owes_a_vote_that_nobody_else_knows_of(voted):
    cast, made = voted
    assert (made.state, made.approvers) == ("proposed", ["referee", "patron"])
    assert owed(made) == ["任", "芮", "荣", "高"]
    one = Obligation.objects.filter(subject_id=made.public_id).first()
    assert one.is_closed
    assert one.due_at == local("2030-04-14T00:00")
    vote(cast, "ren", made)
    assert owed(made) == ["芮", "荣", "高"]
    line = Entry.objects.filter(kind="planning.vote.cast").get()
    assert set(line.content["facts"]) == {"number", "voter"}
    assert code(lambda: vote(cast, "ren", made)) == "planning.already-voted"
    assert code(lambda: vote(cast, "mao", made)) == "planning.not-an-approver"
    answer = cast.rong.act(LATER)
    assert code(lambda: answer_amendment(answer, amendment=made, approve=True)) == (
        "planning.voted-on"
    )


@pytest.mark.django_db
def test_what_the_silent_cannot_change_is_in_force_at_once(voted):
    cast, made = voted
    before = in_force(cast.programme).number
    vote(cast, "ren", made)
    vote(cast, "rong", made)
    made.refresh_from_db()
    assert made.state == "proposed"
    vote(cast, "gao", made)
    made.refresh_from_db()
    assert (made.state, in_force(cast.programme).number) == ("applied", before + 1)
    assert owed(made) == []
    line = Entry.objects.filter(kind="planning.vote.cast").order_by("-pk").first()
    facts = line.content["facts"]
    assert (facts["result"], facts["yes"], facts["no"], facts["seats"]) == ("approved", 3, 0, 4)


@pytest.mark.django_db
def test_what_cannot_be_carried_any_more_ends(voted):
    cast, made = voted
    vote(cast, "ren", made, yes=False)
    vote(cast, "gao", made, yes=False)
    made.refresh_from_db()
    assert made.state == "refused"
    assert "赞成 0，反对 2" in made.settled_why
    assert owed(made) == []


@pytest.mark.django_db
def test_at_the_end_of_its_time_the_votes_cast_are_counted(voted):
    cast, made = voted
    for who, yes in (("ren", True), ("rong", True), ("rui", False)):
        vote(cast, who, made, yes=yes)
    early = cast.qin.act("2030-04-10T10:00")
    assert code(lambda: close_vote(early, amendment=made)) == "planning.vote-open"
    assert count_due(local("2030-04-13T10:00")) == 0
    assert count_due(local("2030-04-14T00:00")) == 1
    made.refresh_from_db()
    assert made.state == "applied"
    assert count_due(local("2030-04-15T00:00")) == 0


@pytest.mark.django_db
def test_too_few_votes_are_none(voted):
    cast, made = voted
    vote(cast, "ren", made)
    late = cast.rong.act("2030-04-14T01:00")
    assert code(lambda: cast_vote(late, amendment=made, approve=True)) == "planning.vote-over"
    count_due(local("2030-04-14T01:00"))
    made.refresh_from_db()
    assert made.state == "refused"
    assert "须 3 人表决" in made.settled_why


@pytest.mark.django_db
def test_the_page_takes_a_vote_and_tells_none_before_the_count(voted):
    cast, made = voted
    cast.at(LATER)
    page = cast.ren.client.get(made.path).content.decode()
    assert "须 3 人投票，赞成达 2/3 方为通过" in page
    assert "尚未答复" not in page
    sent = cast.ren.client.post(made.path, {"do": "refuse", "reason": "太早。", "key": "v"})
    assert (sent.status_code, made.votes.get().verdict) == (302, "refuse")
    for player in (cast.ren, cast.gao, cast.qin):
        assert "太早。" not in player.client.get(made.path).content.decode()
    assert 'value="approve"' not in cast.ren.client.get(made.path).content.decode()
    vote(cast, "gao", made, yes=False)
    assert "赞成 0，反对 2，应到 4 人" in cast.mao.client.get(made.path).content.decode()


RULED = "    major: {touches: [roles, gates, admission, honours, amendment], approve: [asker], "


def test_a_class_with_a_vote_says_so_and_one_without_is_as_ever():
    plain = load(TIDY, "tidy.yaml")[0]
    assert "rule" not in plain.blocks["amendment"]["classes"]["major"]
    words = TIDY.replace(RULED, RULED.replace("[asker]", "[judge]") + "rule: {approve: 3/4}, ")
    found = classes(load(words, "tidy.yaml")[0])[1]
    assert (found.rule, found.open) == (GateRule(None, Fraction(3, 4)), None)
    found = classes(load(words.replace("notice: P7D", "open: P30D"), "tidy.yaml")[0])[1]
    assert found.open == timedelta(days=30)


@pytest.mark.parametrize(
    ("more", "number", "path"),
    [("open: P30D, ", "AMD805", "open"), ("rule: {quorum: 5}, ", "AMD806", "rule.quorum")],
)
def test_a_vote_on_nothing_and_one_out_of_reach_are_said_at_their_line(more, number, path):
    words = TIDY.replace(RULED, RULED.replace("[asker]", "[head]") + more)
    at = words[: words.index(RULED[:20])].count("\n") + 1
    told = [(one.number, one.path, one.line) for one in lint(words, "tidy.yaml")]
    assert (number, f"amendment.classes.major.{path}", at) in told
