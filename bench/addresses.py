"""The pages that are measured, and who reads them."""

from django.contrib.auth.base_user import AbstractBaseUser

from keti.accounts.actions import open_account
from keti.planning.actions import manager_of
from keti.programmes.models import Programme
from keti.reports.models import Report


def programme() -> Programme:
    """The one that was played."""
    return Programme.objects.order_by("pk")[0]


def reader() -> AbstractBaseUser:
    """The secretariat: it sees everything, so its pages are the widest."""
    seat = manager_of(programme())
    if seat is None or seat.acting_person is None:
        raise LookupError("nobody keeps the secretariat of the played programme")
    return open_account(seat.acting_person)


def addresses() -> list[tuple[str, str, bool]]:
    """(name, path, signed in)."""
    slug = programme().slug
    report = Report.objects.filter(latest__gt=0).order_by("pk")[0]
    return [
        ("desk", f"/p/{slug}/desk/", True),
        ("duty grid", f"/p/{slug}/duties/", True),
        ("duty list", f"/p/{slug}/duties/list/?missing=1", True),
        ("report list", f"/p/{slug}/reports/", True),
        ("report page", report.path, True),
        ("programme home", f"/p/{slug}/", True),
        ("groups", f"/p/{slug}/groups/", True),
        ("ledger", f"/p/{slug}/ledger/", True),
        ("duties as CSV, every row", f"/p/{slug}/duties/export.csv", True),
        ("reports as CSV, every row", f"/p/{slug}/reports/export.csv", True),
        ("public report", f"/published/{slug}/", False),
        ("call", f"/calls/{slug}/", False),
    ]
