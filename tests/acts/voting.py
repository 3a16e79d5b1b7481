"""An amendment that is voted on, by hand: one votes, the rest let its time pass."""

from keti.charter.actions import CharterFile
from keti.planning.actions import Proposal, cast_vote, close_vote, propose_amendment
from keti.planning.tests.test_amending import EARLIER, text
from keti.planning.tests.test_voting import VOTE
from keti.review.actions import vote_again
from keti.review.tests.bench import opened, vote
from tests.cast import Cast
from tests.waits.test_consensus import NEW, OLD, WORDS


def a_vote(cast: Cast) -> None:
    """The votes cast are counted when the time for them is over."""
    for player, said in ((cast.gao, text(VOTE)), (cast.fang, text(VOTE, EARLIER))):
        proposal = Proposal(CharterFile("cast.yaml", said), "月报提前两天。")
        made = propose_amendment(
            player.act("2030-03-02T09:00"), programme=cast.programme, proposal=proposal
        )
    cast_vote(cast.ren.act("2030-03-03T09:00"), amendment=made, approve=True)
    close_vote(cast.qin.act("2030-03-20T09:00"), amendment=made)


def no_consensus(cast: Cast) -> None:
    """A panel seeks consensus, finds none, and votes again."""
    proposal = Proposal(CharterFile("cast.yaml", WORDS.replace(OLD, NEW)), "先求一致。")
    propose_amendment(cast.gao.act(), programme=cast.programme, proposal=proposal)
    on = opened(cast)
    for who, verdict in (("ren", "approve"), ("rong", "approve"), ("rui", "revise")):
        vote(cast, who, verdict, on)
    vote_again(cast.qin.act("2030-05-18T09:00"), gate=on)
