"""What the clock does as time goes on: duties of what has no end are laid down further."""

from keti.groups.actions import found_groups
from keti.planning.actions import Proposal, lay_due, propose_amendment
from keti.planning.tests.test_amending import file
from tests.cast import Cast, local

ENDLESS = (
    ("number_prefix: 测\n", "number_prefix: 测\n  horizon: P2M\n"),
    ("from: start, to: term.to, opens: P7D", "from: start, opens: P7D"),
)


def laid_ahead(cast: Cast) -> None:
    """The meetings of the cast have no last day any more; months later more of them are owed."""
    cast.at("2030-04-02T09:00")
    made = propose_amendment(
        cast.gao.act(), programme=cast.programme, proposal=Proposal(file(*ENDLESS), "不设终点。")
    )
    assert made.state == "applied"
    found_groups(cast.qin.act(), programme=cast.programme)
    cast.at("2030-06-20T10:00")
    assert lay_due(local("2030-06-20T10:00")) > 0
