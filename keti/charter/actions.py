"""Storing a charter version. The planning room applies it and records the act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from keti.charter.models import CharterVersion
from keti.charter.queries import holidays
from keti.charter.rules import Compiled, Finding, load
from keti.charter.rules.lint import lint
from keti.documents.models import StoredFile
from keti.kernel.acts import Act
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class CharterFile:
    """A charter as it arrived: file name, text, and the paraphrased clauses of its notice."""

    name: str
    text: str
    clauses: str = ""


def check(
    file: CharterFile, corrections: Mapping[date, bool] | None = None
) -> tuple[Compiled | None, list[Finding]]:
    """Compile and judge a charter, storing nothing: the charter (None on errors), its findings.
    By the calendar's corrections of the installation, where none are given."""
    corrections = holidays() if corrections is None else corrections
    compiled, _ = load(file.text, file.name, corrections)
    found = lint(file.text, file.name, holidays=corrections, clauses=file.clauses)
    failed = any(one.severity == "error" for one in found)
    return (None if failed else compiled), found


@transaction.atomic
def store_version(
    act: Act, *, programme: Programme, file: CharterFile, sha256: str
) -> CharterVersion:
    """Keep the next version of the programme's charter; the original notice stays beside it."""
    last = CharterVersion.objects.filter(programme=programme).order_by("-number").first()
    return CharterVersion.objects.create(
        programme=programme,
        number=last.number + 1 if last else 1,
        name=file.name,
        text=file.text,
        clauses=file.clauses,
        sha256=sha256,
        applied_at=act.recorded_at,
        by_label=act.by.label,
        notice=last.notice if last else None,
    )


@transaction.atomic
def set_notice(act: Act, *, version: CharterVersion, file: StoredFile) -> CharterVersion:
    """Put the original of the notice beside a version; an earlier scan stays in the store."""
    version.notice = file
    version.save(update_fields=["notice"])
    return version
