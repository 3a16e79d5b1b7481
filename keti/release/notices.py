"""Who is told of a publication and of its withdrawal: everybody who takes part."""

from collections.abc import Iterable

from keti.accounts.models import Person
from keti.duties.actions import Unanswered, tell_unanswered
from keti.groups.queries import people, standing
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.programmes.models import Programme
from keti.release.models import Publication


def audience(act: Act, publication: Publication) -> list[Person]:
    """Everybody who acts in a seat, each once, in protocol order."""
    return people(list(standing(publication.programme, act.recorded_at)))


def published(act: Act, publication: Publication) -> None:
    """The participants learn where the report can be read."""
    facts = {"title": publication.title, "number": publication.number}
    letter = Letter(
        "release.published",
        f"published:{publication.public_id}",
        both("release.told-published-subject", **facts),
        both("release.told-published", **facts),
        publication.path,
    )
    post(publication.programme, letter, to=audience(act, publication), at=act.recorded_at)


def retracted(act: Act, publication: Publication) -> None:
    """The participants learn that the report was withdrawn, and why."""
    facts = {
        "title": publication.title,
        "number": publication.number,
        "reason": publication.retracted_reason,
    }
    letter = Letter(
        "release.retracted",
        f"retracted:{publication.public_id}",
        both("release.told-retracted-subject", **facts),
        both("release.told-retracted", **facts),
        publication.path,
    )
    post(publication.programme, letter, to=audience(act, publication), at=act.recorded_at)


def over(act: Act, programme: Programme, unanswered: Iterable[Unanswered]) -> None:
    """Who waited for answers learns that the programme is over."""
    why = both("release.programme-over", title=programme.title)
    tell_unanswered(programme, unanswered, why, act.recorded_at)
