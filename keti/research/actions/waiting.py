"""What units are asked about a case follows what becomes of the case."""

from collections.abc import Sequence

from keti.duties import actions as duties
from keti.kernel.acts import Act
from keti.kernel.transactions import hold_each
from keti.research import queries
from keti.research.models import CaseApproval, Node
from keti.research.queries import cases
from keti.research.rules.kinds import CASE


def hold_open(node: Node) -> list[CaseApproval]:
    """What is asked of units about this case and not answered: held."""
    hold_each(CaseApproval.objects.filter(node=node, withdrawn_at=None, answer=""))
    return cases.open_approvals(node)


def follow(act: Act, node: Node, waiting: Sequence[CaseApproval] | None = None) -> None:
    """The case says otherwise, counts no more or again, or tells of another unit: who is asked
    about it follows. Called before the line of the act that changed it."""
    if node.kind != CASE:
        return
    for one in hold_open(node) if waiting is None else waiting:
        duties.await_answers(node.programme, queries.ROOM, one.public_id, act.recorded_at)
