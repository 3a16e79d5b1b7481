"""Every model says which of its fields an act alone may change, or why none is."""

from django.db.models import GeneratedField

from keti.kernel.guarded import GUARDED
from tests.house.test_shape import ours

UNGUARDED = {
    "accounts.FormerName": "what a unit was called: a help for finding it",
    "accounts.Organisation": "names of units are corrected; who holds what stands on the seat",
    "accounts.SignedIn": "a session; the access log tells of it",
    "accounts.Tally": "counts tries at a door, for minutes",
    "accounts.User": "how somebody signs in, which is their own and goes with them",
    "documents.PaperSeries": "a counter; the numbers given stand on what bears them",
    "documents.ReadText": "made anew from the text under its hash",
    "documents.StoredFile": "append-only, and its bytes are held to its own hash",
    "drafts.Draft": "typed and not sent",
    "intake.RosterImport": "what was read of a sheet; what it brought in is told row by row",
    "jobs.Job": "work to be done, not what was done",
    "kernel.SimulatedInstant": "the clock of a play",
    "ledger.Entry": "the record itself",
    "ledger.Head": "worked out from the lines, and compared with them",
    "ledger.KeyChange": "signed by both keys",
    "ledger.HouseCheckpoint": "signed, and compared with the lines",
    "ledger.StoredCheckpoint": "signed, and compared with the lines",
    "lists.SavedView": "how one person likes to see a list",
    "meetings.Guest": "somebody from outside who may be forgotten",
    "monitoring.Follower": "who wishes to be told",
    "notify.Delivery": "the way of a letter, which goes on without acts",
    "notify.Enclosure": "part of a letter not sent yet",
    "notify.Message": "a letter; what it tells of stands elsewhere",
    "notify.Preference": "how one person wishes to be told",
    "notify.Written": "a letter being written",
    "reports.Reference": "typed into a draft; a version is sealed with its list",
    "duties.Reminder": "sent by the clock, without a line",
    "planning.CharterDraft": "typed and not proposed",
    "planning.DraftStep": "typed and not proposed",
    "programmes.Deletion": "stands within one transaction",
}


def test_every_model_is_guarded_or_says_why_not() -> None:
    guarded = {model._meta.label for model in GUARDED}
    assert {one._meta.label for one in ours()} - guarded == set(UNGUARDED)


def test_guarded_fields_are_columns_that_somebody_writes() -> None:
    odd = [
        f"{model._meta.label}.{name}"
        for model, guard in GUARDED.items()
        for name in (*guard.fields, *(guard.quiet or {}))
        if isinstance(model._meta.get_field(name), GeneratedField) or name not in guard.fields
    ]
    assert odd == []
