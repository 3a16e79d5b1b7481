from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse_unless

TRIAL = (
    "consents.consent.given", "consents.consent.withdrawn",
    "duties.extension.taken-back", "duties.obligation.extended", "duties.obligation.waived",
    "duties.waiver.taken-back",
    "groups.colleague.ended", "groups.colleague.named", "groups.delegate.swapped",
    "groups.seat.annulled", "groups.seat.appointed", "groups.seat.ended",
    "intake.person.corrected", "intake.roster.imported", "intake.roster.read",
    "intake.roster.removed", "intake.seat.replaced", "intake.unit.corrected",
    "notify.preferences.changed",
    "planning.amendment.answered", "planning.amendment.applied", "planning.amendment.lapsed",
    "planning.amendment.proposed", "planning.amendment.withdrawn", "planning.charter.applied",
    "planning.notice.attached",
)  # fmt: skip
"""The lines of a programme of which nothing was published (`planning.permissions.TRIAL`)."""
_OTHER = ", ".join(f"'{kind}'" for kind in TRIAL)


class Migration(migrations.Migration):
    """The book of a programme goes with it, whole: while the programme is being deleted, which is
    refused as soon as the book tells of anything published; and nothing is written meanwhile."""

    dependencies = [("ledger", "0004_what_was_sent"), ("programmes", "0002_deletion")]
    operations = [
        *only_with_its_programme(
            name="ledger_entry_no_delete", table="ledger_entry", programme="OLD.programme_id"
        ),
        refuse_unless(
            name="ledger_entry_none_while_deleted",
            table="ledger_entry",
            event="INSERT",
            unless="NEW.programme_id IS NULL OR NOT EXISTS"
            " (SELECT 1 FROM programmes_deletion WHERE programme_id = NEW.programme_id)",
            message="the programme is being deleted",
        ),
        refuse_unless(
            name="programmes_deletion_of_a_trial",
            table="programmes_deletion",
            event="INSERT",
            unless="NOT EXISTS (SELECT 1 FROM ledger_entry WHERE programme_id = NEW.programme_id"
            f" AND kind NOT IN ({_OTHER}))",
            message="something of the programme was published",
        ),
    ]
