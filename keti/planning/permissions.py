"""Who may propose an amendment, who may speak for a role that must approve it."""

from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.charter.rules.comparing import Steps
from keti.groups.models import Seat
from keti.groups.permissions import acting_seat, needs_paper, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.ledger.models import Entry
from keti.planning.models import Amendment
from keti.planning.rules import classes
from keti.programmes.models import Programme

PREPARING = frozenset(
    {
        "planning.charter.applied",
        "planning.notice.attached",
        "planning.amendment.proposed",
        "planning.amendment.answered",
        "planning.amendment.applied",
        "planning.amendment.withdrawn",
        "planning.amendment.lapsed",
        "intake.roster.read",
        "intake.roster.removed",
        "notify.preferences.changed",
    }
)
"""The lines of a programme's ledger by which nothing has reached anybody but who prepares it."""

TRIAL = PREPARING | {
    "consents.consent.given",
    "consents.consent.withdrawn",
    "duties.extension.taken-back",
    "duties.obligation.extended",
    "duties.obligation.waived",
    "duties.waiver.taken-back",
    "groups.colleague.ended",
    "groups.colleague.named",
    "groups.delegate.swapped",
    "groups.seat.annulled",
    "groups.seat.appointed",
    "groups.seat.ended",
    "intake.person.corrected",
    "intake.roster.imported",
    "intake.seat.replaced",
    "intake.unit.corrected",
}
"""The lines of a trial: people stand in it too, but nothing was published, issued or handed in.
The database knows the same (`ledger` migration 0005): beyond them it lets no row go."""


def unpublished(programme: Programme) -> bool:
    """Has nothing of the programme reached anybody yet: no call, no seat, no paper, no meeting?

    The ledger is asked, not the single tables: an act that some room adds later publishes until
    it is named among those that prepare.
    """
    return not Entry.objects.filter(book=programme.public_id).exclude(kind__in=PREPARING).exists()


def amends_freely(seat: Seat, programme: Programme) -> bool:
    """Does whoever prepares the programme change it alone, because nothing is published yet?"""
    return seat.can("manage") and unpublished(programme)


def may_draft(act: Act, programme: Programme) -> Verdict:
    """Who may propose may work on a draft; so may the secretariat."""
    seat = acting_seat(act, programme)
    if seat.can("manage") or _proposes(seat, programme):
        return YES
    return _refused(programme)


def may_attach(act: Act, programme: Programme) -> Verdict:
    """The secretariat puts the original of the notice beside the charter."""
    if acting_seat(act, programme).can("manage"):
        return YES
    return no("planning.only-the-secretariat-attaches")


def may_delete(act: Act, programme: Programme) -> Verdict:
    """The secretariat deletes a trial programme; what stands against it the act says."""
    if acting_seat(act, programme).can("manage"):
        return YES
    return no("planning.only-the-secretariat-deletes")


def may_propose(act: Act, programme: Programme, touched: tuple[Steps, ...]) -> Verdict:
    """Seats the charter lets propose, who must approve this class, and a lead for its own group;
    until something is published also the secretariat."""
    seat = principal(act, programme)
    if amends_freely(seat, programme):
        return YES
    charter = compiled(programme)
    if adjusts_own_group(seat, programme, touched):
        return YES
    approves = seat.role.key in classes.class_of(charter, touched).approve
    if approves or _proposes(seat, programme):
        return YES
    return _refused(programme)


def adjusts_own_group(seat: Seat, programme: Programme, touched: tuple[Steps, ...]) -> bool:
    """Does the lead of a group change only what the charter lets this group set for itself?"""
    own = classes.own_adjustment(compiled(programme), seat.group.key, touched)
    return own and seat.can("lead")


def _proposes(seat: Seat, programme: Programme) -> bool:
    return seat.role.key in classes.proposers(compiled(programme))


def _refused(programme: Programme) -> Verdict:
    charter = compiled(programme)
    titles = [charter.role(key).title for key in classes.proposers(charter)]
    who = {
        "who_zh": "、".join(one.in_("zh") for one in titles),
        "who_en": ", ".join(one.in_("en") for one in titles),
    }
    return no("planning.may-not-propose", **who)


def may_answer(act: Act, amendment: Amendment) -> Verdict:
    """A holder of a role whose approval is asked for; for somebody else only with the paper."""
    seat = principal(act, amendment.programme)
    if seat.role.key not in amendment.approvers:
        return no("planning.not-an-approver", seat=seat.title)
    return needs_paper(act)


def may_withdraw(act: Act, amendment: Amendment) -> Verdict:
    """Who proposed it, in the seat or by the same person; and the secretariat."""
    seat = acting_seat(act, amendment.programme)
    same_person = isinstance(act.by, Person) and act.by.pk == amendment.by_id
    if same_person or seat.pk == amendment.proposed_by_id or seat.can("manage"):
        return YES
    return no("planning.not-your-amendment", who=amendment.proposed_by.called)


def may_apply(act: Act, amendment: Amendment) -> Verdict:
    """Whoever proposed or approved it, and the secretariat, once its moment has come."""
    seat = acting_seat(act, amendment.programme)
    spoke = amendment.approvals.filter(seat=seat).exists()
    if spoke or may_withdraw(act, amendment):
        return YES
    return no("planning.not-your-amendment", who=amendment.proposed_by.called)
