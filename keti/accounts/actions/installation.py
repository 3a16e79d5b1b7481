"""What the keepers say of the installation: its name, who runs it, the holidays of a year."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import MAXYEAR, MINYEAR, date

from django.db import transaction

from keti.accounts.actions.founders import hold_founders, must_found
from keti.kernel.acts import Act, Subject
from keti.kernel.named import Site, keep, site
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.programmes.models import Holiday

HERE = Subject("accounts.installation", "installation", "平台", "/installation/")
MOST = 60


@transaction.atomic
def name_site(act: Act, *, said: Site) -> Site:
    """Say what this site is called, who runs it and whom to ask; pages and letters say it from now
    on. What was written before stays as it was.

    Refuses everybody who may not found, no name, and what is too long for the head of a page.

    Taken back by: name_site (said anew; the ledger keeps what was said before).
    """
    hold_founders()
    if ledger.repeated(act, "accounts.site.named", programme=None):
        return site()
    must_found(act.by)
    if not said.name.strip():
        raise Refused("accounts.site-needs-a-name").at("name")
    for field, words in asdict(said).items():
        if len(words) > MOST:
            raise Refused("accounts.site-too-long", most=MOST).at(field)
    before = site()
    if said == before:
        return before
    ledger.record(
        act,
        "accounts.site.named",
        programme=None,
        about=HERE,
        facts={"before": asdict(before), "after": asdict(said)},
    )
    keep(said)
    return said


@transaction.atomic
def set_holidays(act: Act, *, year: int, days: Mapping[date, tuple[bool, str]]) -> None:
    """Say which days of a year are off, or worked in spite of the weekend, where the built-in table
    does not know or is wrong: all days of that year at once. Dates reckoned from now on follow it;
    what is due already keeps its date.

    Refuses everybody who may not found, a year no calendar has, and a day of another year.

    Taken back by: set_holidays (said anew; none said leaves the built-in table alone).
    """
    hold_founders()
    if ledger.repeated(act, "accounts.holidays.set", programme=None):
        return
    must_found(act.by)
    if not MINYEAR < year < MAXYEAR:
        raise Refused("accounts.no-such-year", year=year)
    for day in days:
        if day.year != year:
            raise Refused("accounts.holiday-of-another-year", day=str(day), year=year).at("days")
    stood = Holiday.objects.filter(date__year=year)
    before = {one.date: (one.is_workday, one.name) for one in stood}
    if before == dict(days):
        return
    stood.delete()
    Holiday.objects.bulk_create(
        Holiday(date=day, is_workday=works, name=name)
        for day, (works, name) in sorted(days.items())
    )
    ledger.record(
        act,
        "accounts.holidays.set",
        programme=None,
        about=HERE,
        facts={"year": year, "before": _told(before), "after": _told(days)},
    )


def _told(days: Mapping[date, tuple[bool, str]]) -> list[list[object]]:
    return [[day.isoformat(), works, name] for day, (works, name) in sorted(days.items())]
