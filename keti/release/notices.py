"""Who is told: of a publication and its withdrawal everybody who takes part; of the proof its
owners."""

from collections.abc import Iterable

from keti.accounts.models import Person
from keti.duties.actions import Unanswered, tell_unanswered
from keti.groups.queries import people, standing
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort
from keti.programmes.models import Programme
from keti.release.models import ProofEntry, ProofRound, Publication


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


def put_before(act: Act, made: ProofRound, entries: Iterable[ProofEntry]) -> None:
    """Each owner learns that the entry is to be looked at, and until when."""
    programme = made.programme
    until = programme.local(made.closes_at).strftime("%Y-%m-%d %H:%M")
    facts: dict[str, object] = {"programme": programme.title, "until": until}
    for entry in entries:
        person = entry.seat.acting_person if entry.obligation_id else None
        if person is not None:
            letter = Letter(
                "release.proof",
                f"proof:{entry.public_id}",
                both("release.told-proof-subject", **facts),
                both("release.told-proof", **facts),
                entry.path,
                Sort.DUTY,
            )
            post(programme, letter, to=[person], at=act.recorded_at)


def settled(act: Act, entry: ProofEntry) -> None:
    """The owner learns what the office made of the correction, and why."""
    programme = entry.programme
    person = entry.seat.acting_person
    if person is None:
        return
    facts: dict[str, object] = {
        "programme": programme.title,
        "outcome": both(f"release.proof-{entry.state}"),
        "reason": entry.reason or both("release.proof-no-reason"),
    }
    letter = Letter(
        "release.proof-settled",
        f"proof-settled:{entry.public_id}",
        both("release.told-settled-subject", **facts),
        both("release.told-settled", **facts),
        entry.path,
        Sort.DUTY,
    )
    post(programme, letter, to=[person], at=act.recorded_at)
