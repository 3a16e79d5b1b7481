"""Who is told when a report is handed in, taken back, returned or accepted."""

from keti.accounts.models import Person
from keti.duties.notices import deadline
from keti.groups.models import Seat
from keti.groups.notices import recorded
from keti.groups.queries import people
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort
from keti.reports.models import Report, Version


def submitted(act: Act, version: Version, readers: list[Seat]) -> None:
    """The readers learn that a version lies before them."""
    report = version.report
    letter = _letter(
        "submitted",
        version,
        report.title,
        who=recorded(report.programme, version.seat_label),
        when=deadline(report.programme, version.at),
        number=version.number,
        sha=version.sha256[:12],
    )
    post(report.programme, letter, to=people(readers), at=act.recorded_at)


def returned(act: Act, version: Version, reason: str) -> None:
    """The accountable seat learns what has to be changed."""
    letter = _letter(
        "returned", version, version.report.title, number=version.number, reason=reason
    )
    post(version.programme, letter, to=_holder(version.report), at=act.recorded_at)


def taken_back(act: Act, version: Version, readers: list[Seat], reason: str) -> None:
    """The readers learn that they need not read it: it comes again."""
    who = recorded(version.programme, version.seat_label)
    letter = _letter(
        "taken-back", version, version.report.title, number=version.number, who=who, reason=reason
    )
    told = [one for one in people(readers) if one.public_id != act.by.public_id]
    post(version.programme, letter, to=told, at=act.recorded_at)


def accepted(act: Act, version: Version) -> None:
    """The accountable seat learns that the report was accepted."""
    who = recorded(version.programme, (act.on_behalf_of or act.seat or act.by).label)
    letter = _letter("accepted", version, version.report.title, number=version.number, who=who)
    post(version.programme, letter, to=_holder(version.report), at=act.recorded_at)


def _letter(verb: str, version: Version, report: Text, **facts: object) -> Letter:
    return Letter(
        f"reports.{verb}",
        f"{verb}:{version.public_id}",
        both(f"reports.told-{verb}-subject", report=report),
        both(f"reports.told-{verb}", report=report, **facts),
        version.path,
        Sort.DUTY if verb in ("submitted", "returned") else Sort.NEWS,
    )


def _holder(report: Report) -> list[Person]:
    seat = report.obligation.seat
    person = seat.acting_person if seat else None
    return [person] if person else []
