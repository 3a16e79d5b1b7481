"""Which versions of a report were sent to a gate: for review, or for the approval at its end."""

from keti.charter.queries import compiled
from keti.reports.models import Report
from keti.reports.rules import Use
from keti.review.models import Input


def taken_to_judge(report: Report) -> dict[str, Use]:
    """Public id of a version -> for what it was pinned. Approval is the last of several gates that
    judge the report, or the one that is signed."""
    duty = report.obligation
    judging = [one for one in compiled(report.programme).gates if duty.key in one.inputs]
    last = max(judging, key=lambda one: one.by_at, default=None)
    final = last.key if last and (len(judging) > 1 or last.sign_off) else ""
    pins = Input.objects.filter(obligation=duty, subject_kind="reports.version").order_by("pk")
    found: dict[str, Use] = {}
    for version, gate in pins.values_list("subject_id", "gate__key"):
        if found.get(version) != Use.APPROVAL:
            found[version] = Use.APPROVAL if gate == final else Use.REVIEW
    return found
