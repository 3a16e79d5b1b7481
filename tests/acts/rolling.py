"""What the clock does as time goes on: duties of what has no end are laid down further, seats fall
vacant whose term is over."""

from keti.groups.actions import found_groups
from keti.groups.models import Seat
from keti.intake.actions import end_terms, renew_term
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


LIMITED = (
    ("max: 1, can: [lead, contribute, read]}\n  author", "max: 1, term: P2M, renewals: 1, "
     "can: [lead, contribute, read]}\n  author"),
    ("holder_kind: person, can: [commission", "holder_kind: person, term: P2M, can: [commission"),
)  # fmt: skip


def terms_run_out(cast: Cast) -> None:
    """Two roles of the cast are held for two months from now on: the one term is renewed, the
    other ends."""
    cast.at("2030-03-02T09:00")
    proposal = Proposal(file(*LIMITED), "设任期。")
    made = propose_amendment(cast.gao.act(), programme=cast.programme, proposal=proposal)
    assert made.state == "applied"
    head, _patron = Seat.objects.filter(ends_at=None).exclude(term_ends_at=None).order_by("-pk")
    cast.at("2030-04-22T10:00")
    renew_term(cast.qin.act(), seat=head)
    assert end_terms(local("2030-05-13T10:00")) == 1
