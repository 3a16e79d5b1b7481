"""Scenes of oversight: a monitor raises a finding, it is answered, the raiser closes it."""

from collections.abc import Callable
from typing import Any

from keti.duties import queries as duties
from keti.monitoring import queries as findings
from keti.monitoring.actions import answer_finding, close_finding, raise_finding
from keti.play.stage import Stage

PROBLEM = ("案例缺少来源", "A case lacks its source")
DETAIL = (
    "文中一处案例没有注明来源，请补充出处或说明理由。",
    "One case in the text names no source; add it or say why there is none.",
)
ANSWER = ("已补充来源两条，见新版。", "Two sources were added; see the new version.")
VERIFIED = ("已核对，来源可查。", "Checked; the sources can be found.")


def raise_one(stage: Stage) -> None:
    """A monitor looks at the newest report received and raises a problem."""
    reports = list(
        duties.of_programme(stage.programme).filter(form="report", state="met").order_by("-met_at")
    )
    watchers = stage.able("watch")
    if not reports or not watchers:
        return
    duty = reports[0]
    finding = raise_finding(
        stage.act(watchers[0]),
        programme=stage.programme,
        subject=duty.subject(),
        group=duty.group,
        title=stage.pen.pick(*PROBLEM),
        text=stage.pen.pick(*DETAIL),
        severity="ordinary",
    )
    stage.note(
        stage.pen.pick(
            f"{watchers[0].label}对“{duty.label}”提出监控意见",
            f"{watchers[0].label} raised a finding on {duty.title.in_('en')}",
        )
    )
    stage.memory.setdefault("findings", []).append(finding.public_id)


def _of(stage: Stage, duty: Any) -> Any:
    return findings.of_programme(stage.programme).get(public_id=duty.subject_id)


def answer(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    finding = _of(stage, duty)
    answer_finding(stage.act(duty.seat), finding=finding, text=stage.pen.pick(*ANSWER))
    stage.note(stage.pen.pick(f"答复：{finding.title}", f"answered: {finding.title}"))


def verify(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    finding = _of(stage, duty)
    close_finding(stage.act(duty.seat), finding=finding, reason=stage.pen.pick(*VERIFIED))
    stage.note(stage.pen.pick(f"由提出人核销：{finding.title}", f"closed: {finding.title}"))
