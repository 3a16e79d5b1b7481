"""What is printed behind a published report: what was decided about it, what was said, and the
cases it rests on."""

from collections.abc import Callable

from keti.consultation.enums import Disposition, RoundState
from keti.consultation.models import Comment
from keti.documents.rules.paper import Chapter, printed_day
from keti.documents.rules.written import Body, Box, Grid, Head, Points, Written, as_body
from keti.kernel.acts import Text
from keti.kernel.refusals import sentence
from keti.programmes.models import Programme
from keti.reports.models import Version
from keti.reports.queries import spec_of
from keti.research.models import Node
from keti.research.queries import cases_for_print
from keti.research.rules.kinds import LONG, kind_of
from keti.review.models import Decision
from keti.review.queries import given

WIDTHS = (2, 5, 4, 11, 6)
TAKEN = (Disposition.ADOPTED, Disposition.PARTLY)


def annexes_of(version: Version, decision: Decision | None, lang: str) -> tuple[Chapter, ...]:
    """The annexes the charter asks for, in its order; what does not exist is left out."""
    made: dict[str, Callable[[], Body]] = {
        "decision": lambda: _decided(decision, lang) if decision else (),
        "minority": lambda: _differed(decision, lang) if decision else (),
        "comments": lambda: _taken_up(version.programme, lang),
        "cases": lambda: _cases(version.programme, lang),
    }
    wanted = spec_of(version.report.obligation).annexes
    found = [(name, made[name]()) for name in wanted]
    return tuple(Chapter(_say(f"annex-{name}", lang), (), body) for name, body in found if body)


def _say(code: str, lang: str, **facts: object) -> str:
    return sentence(f"release.{code}", facts, lang)


def _decided(decision: Decision, lang: str) -> Body:
    day = decision.gate.programme.local(decision.happened_at)
    facts = {
        "gate": decision.gate.title.in_(lang),
        "day": printed_day(day, lang),
        "outcome": decision.title.in_(lang),
        "number": decision.number,
    }
    return (Written(_say("annex-decided", lang, **facts)), *as_body(decision.reasons))


def _differed(decision: Decision, lang: str) -> Body:
    """What deciders wrote whose opinion was another than the outcome, without their names."""
    found = [one for one in given(decision.gate) if one.round == decision.round]
    lines = tuple(
        one.comment for one in found if one.outcome != decision.outcome and one.comment.strip()
    )
    return (Written(_say("annex-differed", lang)), Points(lines, numbered=True)) if lines else ()


def _taken_up(programme: Programme, lang: str) -> Body:
    """Remarks of closed rounds that were taken up, whole or in part, without names."""
    found = Comment.objects.filter(
        programme=programme, round__state=RoundState.CLOSED, disposition__in=TAKEN
    ).select_related("round__version__report__obligation", "round__version__report__group")
    rows = tuple(
        tuple(map(Box, (str(place), *_row(one, lang))))
        for place, one in enumerate(found.order_by("round", "number"), start=1)
    )
    names = ("no", "about", "place", "remark", "answer")
    head = tuple(Box(_say(f"annex-{one}", lang), label=True) for one in names)
    return (Grid((head, *rows), WIDTHS, heads=1),) if rows else ()


def _cases(programme: Programme, lang: str) -> Body:
    """The cases of the research that are settled and not confidential, each under its title with
    its words, its facts and the effects that are claimed for it; who supplied it is not named."""
    found = cases_for_print(programme)
    return tuple(piece for one in found for piece in _case(one, lang))


def _case(one: Node, lang: str) -> Body:
    words = Text(one.text_zh, one.text_en).in_(lang)
    fields = (field for field in kind_of(one.kind).fields if one.facts.get(field.key))
    told = (field for field in fields if field.shape == LONG)
    said = [
        f"{field.title.in_(lang)}{_say('annex-colon', lang)}{one.facts[field.key]}"
        for field in told
    ]
    texts = [part for part in (words, *said) if part.strip()]
    return (Head(one.title.in_(lang)), *(Written(part) for part in texts))


def _row(one: Comment, lang: str) -> tuple[str, ...]:
    answer = sentence(f"consultation.answer-{one.disposition}", {}, lang)
    return (
        one.round.version.report.obligation.title.in_(lang),
        one.place or _say("annex-whole", lang),
        "\n".join(part for part in (one.text, one.proposed) if part),
        "\n".join(part for part in (answer, one.reason) if part),
    )
