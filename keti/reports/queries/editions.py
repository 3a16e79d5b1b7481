"""In which languages a report is written besides its own."""

from keti.charter.queries import compiled
from keti.charter.rules.compiled import WorkSpec
from keti.duties.models import Obligation
from keti.reports.queries.reading import spec_of


def editions_of(obligation: Obligation) -> dict[str, tuple[str, ...]]:
    """The other languages of this report, each with the sections it is written in: all of them in
    the languages the charter names for it, or for the report that is made from it; else its
    summary, which stands in both languages of the house."""
    charter, spec = compiled(obligation.programme), spec_of(obligation)
    own = _tongue(charter.langs[0])
    named = {_tongue(one) for one in _languages(charter.works, spec)} - {own}
    every = tuple(one.key for one in spec.sections)
    summaries = tuple(one.key for one in spec.sections if one.summary)
    other = "zh" if own == "en" else "en"
    found = {other: summaries} if summaries else {}
    return found | {lang: every for lang in sorted(named)}


def _languages(works: tuple[WorkSpec, ...], spec: WorkSpec) -> tuple[str, ...]:
    whole = (one.languages for one in works if one.assembles == spec.key)
    return spec.languages or next(whole, ())


def _tongue(lang: str) -> str:
    return "en" if lang.startswith("en") else "zh"
