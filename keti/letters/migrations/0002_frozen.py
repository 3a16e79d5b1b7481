from django.db import migrations

from keti.kernel.triggers import append_only, only_with_its_programme, refuse, refuse_unless

OF_PIECE = "(SELECT programme_id FROM letters_mailpiece WHERE id = OLD.piece_id)"
OF_OFFICE = "(SELECT programme_id FROM letters_office WHERE id = OLD.office_id)"
SAID = (
    "programme_id", "ordinal", "list_id", "title", "body", "series", "channel", "issuer", "copies",
    "signer", "printer", "state", "day", "size", "sha256",
)  # fmt: skip
CHANGED = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in SAID)
LISTED = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in ("key", "edition", "title", "size"))
DRAFT = "EXISTS (SELECT 1 FROM letters_recipientlist WHERE id = {}.list_id AND state = 'draft')"


class Migration(migrations.Migration):
    """What went out stays as it went out; an approved list says what it said; what happened to a
    piece is never unwritten. All of it goes with a trial programme."""

    dependencies = [("letters", "0001_initial"), ("programmes", "0003_first_numbers")]
    operations = [
        *append_only("letters_passage"),
        *only_with_its_programme(
            name="letters_passage_no_delete", table="letters_passage", programme=OF_PIECE
        ),
        *append_only("letters_officename"),
        *only_with_its_programme(
            name="letters_officename_no_delete", table="letters_officename", programme=OF_OFFICE
        ),
        *append_only("letters_mailpiece"),
        *only_with_its_programme(
            name="letters_mailpiece_no_delete", table="letters_mailpiece", programme="OLD.programme_id"
        ),
        refuse(
            name="letters_mailing_frozen",
            table="letters_mailing",
            event="UPDATE",
            when=f"OLD.state <> 'draft' AND ({CHANGED})",
            message="a letter that was issued is frozen",
        ),
        refuse(
            name="letters_list_frozen",
            table="letters_recipientlist",
            event="UPDATE",
            when=(
                f"{LISTED} OR (OLD.state <> 'draft' AND NEW.sha256 <> OLD.sha256)"
                " OR OLD.state = 'withdrawn'"
            ),
            message="a list is frozen",
        ),
        refuse_unless(
            name="letters_listed_frozen",
            table="letters_listed",
            event="UPDATE",
            unless=DRAFT.format("NEW"),
            message="an approved list is frozen",
        ),
        refuse_unless(
            name="letters_listed_no_more",
            table="letters_listed",
            event="INSERT",
            unless=DRAFT.format("NEW"),
            message="an approved list is frozen",
        ),
    ]
