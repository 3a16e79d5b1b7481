"""What a play leaves behind: chronicle, duty grid, report, ledger, its checkpoint."""

import csv
import io
from pathlib import Path

from keti.documents.actions import read
from keti.duties import queries as duties
from keti.ledger import queries as ledger
from keti.play.stage import Stage
from keti.release import queries as release

HEADER = ("key", "form", "group", "seat", "opens", "due", "met", "recorded", "state", "late")


def write(stage: Stage, out: Path) -> list[Path]:
    """Write every result into `out`; returns what was written, in a fixed order."""
    written = [
        _text(out / "chronicle.txt", _chronicle(stage)),
        _text(out / "duties.csv", _duties(stage)),
        _text(out / "ledger.jsonl", "\n".join(ledger.export(stage.programme)) + "\n"),
        _text(out / "checkpoint.txt", ledger.checkpoint(stage.programme).text()),
    ]
    publication = release.published(stage.programme)
    if publication:
        for form, file in sorted(release.artefacts(publication).items()):
            target = out / f"report.{form}"
            target.write_bytes(read(file))
            written.append(target)
    return written


def _text(target: Path, text: str) -> Path:
    target.write_text(text, encoding="utf-8")
    return target


def _chronicle(stage: Stage) -> str:
    head = ledger.checkpoint(stage.programme)
    foot = ["", head.text().strip()]
    open_ones = duties.of_programme(stage.programme).open()
    for duty in open_ones:
        foot.append(f"{stage.pen.pick('未办', 'still owed')}: {duty.key}")
    return "\n".join([*stage.lines, *foot]) + "\n"


def _duties(stage: Stage) -> str:
    """The duty grid as a table, times in UTC."""
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(HEADER)
    for duty in duties.of_programme(stage.programme):
        late = duty.met_at is not None and duty.met_at >= duty.due_instant
        moments = (duty.opens_at, duty.due_instant, duty.met_at, duty.recorded_at)
        table.writerow(
            [
                duty.key,
                duty.form,
                duty.group.label,
                duty.seat.label if duty.seat else "",
                *[f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else "" for at in moments],
                duty.state,
                "late" if late else "",
            ]
        )
    return buffer.getvalue()
