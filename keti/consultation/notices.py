"""Who is told when a round opens and when a comment is answered."""

from keti.consultation import queries
from keti.consultation.models import Comment, Round
from keti.duties.notices import deadline
from keti.groups.models import Seat
from keti.groups.queries import people
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort


def opened(act: Act, round: Round, seats: list[Seat]) -> None:
    """Every participant is invited to comment."""
    subject = round.version.report.title
    letter = Letter(
        "consultation.opened",
        f"round:{round.public_id}",
        both("consultation.told-opened-subject", subject=subject),
        both(
            "consultation.told-opened",
            round=round.title,
            subject=subject,
            sha=round.sha256[:12],
            due=deadline(round.programme, queries.open_until(round)),
        ),
        round.path,
        Sort.DUTY,
    )
    post(round.programme, letter, to=people(seats), at=act.recorded_at)


def answered(act: Act, comment: Comment) -> None:
    """The commenter learns what became of the comment; a changed answer is told again."""
    person = comment.seat.acting_person
    if person is None:
        return
    answer = both(f"consultation.answer-{comment.disposition}")
    reason = comment.reason or both("consultation.no-reason")
    letter = Letter(
        "consultation.answered",
        f"answer:{comment.public_id}:{comment.disposition}:{act.recorded_at.isoformat()}",
        both("consultation.told-answered-subject", answer=answer),
        both(
            "consultation.told-answered",
            round=comment.round.title,
            number=comment.number,
            answer=answer,
            reason=reason,
        ),
        comment.subject().path,
    )
    post(comment.programme, letter, to=[person], at=act.recorded_at)
