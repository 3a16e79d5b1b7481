"""What was measured is shown for the promise it was measured for."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from keti.documents.actions import keep_produced
from keti.documents.models import StoredFile
from keti.documents.rules.sheet import to_csv
from keti.duties.models import Obligation
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.media import permissions, queries
from keti.media.models import ReachValue
from keti.media.queries import Measured
from keti.media.rules import press
from keti.programmes.models import Programme
from keti.promises.actions import Exhibited, exhibit
from keti.promises.enums import Nature
from keti.promises.models import Exhibit
from keti.promises.rules import COUNT

SHOWN = "media.reach.shown"
CSV = "text/csv"
OUTLET = 120
TITLE = 200
READINGS = (
    "media.column-channel", "media.column-unit", "media.column-value", "media.column-source",
    "media.column-captured", "media.column-evidence", "media.column-copy",
)  # fmt: skip


@dataclass
class _Showing:
    """What is shown for one promise, exhibit by exhibit."""

    act: Act
    duty: Obligation
    lang: str
    before: dict[tuple[str, str], int | None]
    made: list[Exhibit] = field(default_factory=list)

    def say(self, code: str, **facts: object) -> str:
        """The words of an exhibit, in the language of whoever shows it."""
        return sentence(code, facts, self.lang)

    def show(self, what: Exhibited, file: StoredFile) -> None:
        """One exhibit, by an act of its own."""
        key = self.act.key and f"{self.act.key[:60]}:{len(self.made)}"
        act = replace(self.act, key=key)
        self.made.append(exhibit(act, obligation=self.duty, what=what, file=file))

    def keep(self, name: str, header: list[str], rows: list[list[Any]]) -> StoredFile:
        """A sheet of what stands behind a figure, frozen."""
        data = to_csv(header, rows)
        programme = self.duty.programme
        return keep_produced(self.act, programme=programme, name=f"{name}.csv", mime=CSV, data=data)


@transaction.atomic
def show_reach(act: Act, *, obligation: Obligation, lang: str = "zh-hans") -> int:
    """Show for a promise what stands here of it: each reading as a figure of its channel, the
    outlets that reported as one figure, with the list of the reports. What was shown before and is
    the same is not shown again. Returns how many exhibits were added.

    Refuses who neither keeps the secretariat nor answers for the promise, a promise that is not
    counted here, and where nothing is new.

    Taken back by: promises.withdraw_exhibit (one by one).
    """
    programme = hold_row(Programme, obligation.programme_id)
    if entry := ledger.repeated(act, SHOWN, programme=programme):
        return int(entry.content["facts"]["exhibits"])
    permissions.may_keep_reach(act, programme).or_refuse()
    duty = Obligation.objects.with_names().get(pk=obligation.pk)
    found = queries.measured(programme).of(duty.kind)
    if found is None:
        raise Refused("media.no-such-promise")
    showing = _Showing(act, duty, lang, _shown_before(duty))
    if any(one.unit == COUNT and not one.missing for one in found.reaches):
        _show_outlets(showing, found)
    if found.readings:
        _show_readings(showing, found)
    if not showing.made:
        raise Refused("media.nothing-new-to-show")
    facts = {
        "kind": duty.kind,
        "period": duty.period,
        "exhibits": len(showing.made),
        "measured": {one.unit: [one.best, one.target] for one in found.reaches},
    }
    ledger.record(act, SHOWN, programme=programme, about=duty.subject(), facts=facts)
    return len(showing.made)


def _shown_before(duty: Obligation) -> dict[tuple[str, str], int | None]:
    """The figure shown last of each channel and unit."""
    rows = Exhibit.objects.filter(
        programme=duty.programme, kind=duty.kind, period=duty.period, withdrawn_at=None,
        nature=Nature.MEASURE,
    )  # fmt: skip
    values = rows.order_by("day", "pk").values_list("outlet", "unit", "value")
    return {(outlet, unit): value for outlet, unit, value in values}


def _show_outlets(showing: _Showing, found: Measured) -> None:
    """So many outlets, with the list of every report behind the figure."""
    programme, say = showing.duty.programme, showing.say
    name = say("media.figure-outlets")
    if showing.before.get((name, COUNT)) == found.counted.outlets:
        return
    at = 1 if showing.lang.startswith("en") else 0
    header = [names[at] for names in press.COLUMNS.values()] + [say("media.column-copy")]
    rows = queries.clippings(programme).filter(promise=found.kind).select_related("file")
    listed: list[list[Any]] = [
        [one.outlet, press.TIERS[one.tier][at], one.title, one.day, one.link,
         (press.REPRINT if one.reprint else press.ORIGINAL)[at], one.place,
         one.file.sha256 if one.file else ""]
        for one in rows.order_by("day", "pk")
    ]  # fmt: skip
    counted = found.counted
    said = say(
        "media.figure-of-outlets", outlets=counted.outlets, items=counted.items,
        reprinted=counted.only_reprinted,
    )  # fmt: skip
    what = Exhibited(
        Nature.MEASURE.value, said, programme.local(showing.act.recorded_at).date(), outlet=name,
        unit=COUNT, value=counted.outlets, source=say("media.figure-from-the-register"),
    )  # fmt: skip
    showing.show(what, showing.keep(name, header, listed))


def _show_readings(showing: _Showing, found: Measured) -> None:
    """Each reading as a figure of its channel, with its file, else with the list of them all."""
    programme, say = showing.duty.programme, showing.say
    header = [say(code) for code in READINGS]
    listed = [_row(one, programme) for one in found.readings]
    sheet = None
    for one in found.readings:
        outlet = shortened(one.shown_on, OUTLET)
        if showing.before.get((outlet, one.unit)) == one.value:
            continue
        file = one.file
        if file is None:
            sheet = sheet or showing.keep(say("media.figure-readings"), header, listed)
            file = sheet
        title = say("media.figure-of-channel", channel=one.shown_on)
        what = Exhibited(
            Nature.MEASURE.value, shortened(title, TITLE),
            programme.local(one.captured_at).date(), outlet=outlet, unit=one.unit,
            value=one.value, source=one.source, link=one.channel.link,
        )  # fmt: skip
        showing.show(what, file)


def _row(one: ReachValue, programme: Programme) -> list[Any]:
    at = programme.local(one.captured_at).replace(tzinfo=None)
    copy = one.file.sha256 if one.file else ""
    return [one.shown_on, one.unit, one.value, one.source, at, one.evidence, copy]
