"""Reading rounds and their comments."""

from keti.charter.queries import compiled
from keti.consultation import permissions
from keti.consultation.models import Comment, Round
from keti.duties.models import Obligation
from keti.duties.queries import of_programme
from keti.groups.permissions import Sight
from keti.reports.models import Version
from keti.reports.queries import latest_version


def round_of(obligation: Obligation) -> Round | None:
    """The round of this obligation, or None before it was opened."""
    return Round.objects.with_names().filter(obligation=obligation).first()


def round_by_id(sight: Sight | None, public_id: str) -> Round | None:
    """The round with this id, if the seat may see it."""
    return (
        permissions.visible(sight, Round.objects.with_names()).filter(public_id=public_id).first()
    )


def comments_of(round: Round) -> list[Comment]:
    """All comments in the order they came."""
    found = Comment.objects.filter(round=round).select_related(
        "round",
        "round__obligation",
        "round__programme",
        "seat",
        "seat__role",
        "seat__group",
        "seat__person",
        "seat__organisation",
        "seat__delegate",
    )
    return list(found.order_by("number"))


def subject_duty(obligation: Obligation) -> Obligation | None:
    """The report duty whose text is discussed: of the same group where it has one."""
    subject = compiled(obligation.programme).work(obligation.kind).subject
    found = list(of_programme(obligation.programme).filter(kind=subject)) if subject else []
    own = [one for one in found if one.group_id == obligation.group_id]
    return next(iter(own or found), None)


def subject_version(obligation: Obligation) -> Version | None:
    """The newest frozen version of the text to be discussed, or None."""
    duty = subject_duty(obligation)
    return latest_version(obligation.programme, duty.key) if duty else None
