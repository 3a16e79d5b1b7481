"""What an act holds and in which order, as it goes by."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from keti.kernel import transactions
from tests.acts.listed import Function, Listed

ORDER = (
    "Programme",
    "Person", "WayIn", "User",
    "EmailAddress", "Preference", "Amendment", "Seat", "Colleague", "Consent",
    "RosterImport", "Application", "Organisation", "Check",
    "Gate", "Finding", "Report", "Meeting", "TaskBook", "Task", "Round",
    "ProofRound", "ProofEntry", "Publication", "Contribution", "Nomination", "Objection", "Piece",
    "Delivery", "Gathering", "Slot", "Invitee", "Signer", "Activity", "RegionSheet",
    "Exhibit", "Benefit", "Recording", "Speaker", "MediaChannel", "ReachValue",
    "Clipping", "Posting", "Node", "Link", "Uptake", "FactCheck", "CaseApproval",
    "Obligation", "Correction",
    "PaperSeries", "Group", "Role",
    "Head",
)  # fmt: skip
"""The order of docs/architecture.md, "Acts side by side", table by table."""
HEAD = "Head"
ALONE = {
    "planning.found_programme": "of the programme it makes nobody knows before the commit",
}
ORDERED = {
    "release.publish": {"Publication", "Job"},
    "release.make_ready": {"Publication", "Job"},
}
"""Tables of the work an act orders: run at once in a test, else in a transaction of its own."""


@dataclass
class Holding:
    """The tables one act holds or changes, one after the other; and what broke the order."""

    faults: set[str] = field(default_factory=set)
    acting: str = ""
    held: list[str] = field(default_factory=list)
    made: set[tuple[str, Any]] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def watching(self, one: Listed) -> Function:
        """The act; only what is called from outside begins anew, the acts inside belong to it."""

        def watched(*args: Any, **kwargs: Any) -> Any:
            if self.acting:
                return one.function(*args, **kwargs)
            self.acting, self.held, self.made = one.name, [], set()
            try:
                return one.function(*args, **kwargs)
            finally:
                self.seen.add(one.name)
                self.acting = ""

        return watched

    def holds(self, table: str) -> None:
        """The next table: no lower than the ones before, unless it is held already."""
        if not self.acting or table in self.held or self._is_free(table):
            return
        if table not in ORDER:
            self.faults.add(f"{self.acting} holds {table}, which has no place in the order")
            return
        after = [one for one in self.held if ORDER.index(one) > ORDER.index(table)]
        if after:
            self.faults.add(f"{self.acting} holds {table} after {', '.join(after)}")
        self.held.append(table)

    def changes(self, table: str, *, made: bool) -> None:
        """A row changed after the head was held, that is neither held nor made by this act."""
        if not self.acting or made or HEAD not in self.held or self._is_free(table):
            return
        if table not in self.held:
            self.faults.add(f"{self.acting} changes {table} after the head of the ledger")

    def _is_free(self, table: str) -> bool:
        return self.acting in ALONE or table in ORDERED.get(self.acting, set())


@contextmanager
def spied(holding: Holding) -> Iterator[None]:
    """Every row that is held or changed goes by the holding."""
    select, save, update = QuerySet.select_for_update, Model.save_base, QuerySet.update

    def selecting(rows: Any, *args: Any, **kwargs: Any) -> Any:
        holding.holds(rows.model.__name__)
        return select(rows, *args, **kwargs)

    def saving(row: Any, *args: Any, **kwargs: Any) -> Any:
        table = type(row).__name__
        if not row._state.adding:
            holding.changes(table, made=(table, row.pk) in holding.made)
            return save(row, *args, **kwargs)
        save(row, *args, **kwargs)
        holding.made.add((table, row.pk))

    def updating(rows: Any, **kwargs: Any) -> Any:
        holding.changes(rows.model.__name__, made=False)
        return update(rows, **kwargs)

    run = transactions.run

    def running(do: Any) -> Any:
        """An act of several transactions holds in each of them anew."""
        holding.held = []
        return run(do)

    transactions.run = running
    QuerySet.select_for_update = selecting  # type: ignore[method-assign]
    Model.save_base, QuerySet.update = saving, updating  # type: ignore[method-assign]
    try:
        yield
    finally:
        transactions.run = run
        QuerySet.select_for_update = select  # type: ignore[method-assign]
        Model.save_base, QuerySet.update = save, update  # type: ignore[method-assign]
