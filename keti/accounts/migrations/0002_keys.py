from django.db import migrations, models

from keti.accounts.rules import mail_key, unit_key


class Collision(Exception):
    """Two rows that were told apart by their writing alone: people decide which one stays."""


def fill(apps, editor):
    """Write the keys; say in words what collides, before anything is changed."""
    people = list(apps.get_model("accounts", "Person").objects.exclude(mail="").order_by("pk"))
    users = list(apps.get_model("accounts", "User").objects.order_by("pk"))
    addresses = list(apps.get_model("account", "EmailAddress").objects.order_by("-verified", "pk"))
    words = [*_twice("people", people, "mail"), *_twice("accounts", users, "email")]
    if words:
        raise Collision("\n".join(words))
    _people(people)
    _accounts(users, {one.pk: one for one in people}, addresses)
    _addresses(addresses)
    _units(apps.get_model("accounts", "Organisation"))


def _twice(what, rows, name):
    """One sentence for each address that several rows stand under, and for each that is none."""
    seen = {}
    for row in rows:
        seen.setdefault(mail_key(getattr(row, name)), []).append(row)
    found = []
    for key, those in seen.items():
        named = ", ".join(f"{one.pk}: {getattr(one, name)!r}" for one in those)
        if not key:
            found.append(f"{what} with what is no mail address: {named}. Correct them first.")
        elif len(those) > 1:
            found.append(f"{what} of one address {key}: {named}. Correct all but one first.")
    return found


def _people(people):
    for one in people:
        one.mail_key = mail_key(one.mail)
        local = one.mail_key.rpartition("@")[0]
        if one.unit_id is None and one.name.casefold() == local:
            one.named_by = "address"
        one.save(update_fields=["mail_key", "named_by"])


def _accounts(users, people, addresses):
    """An account keeps its person when it proved the address, or was given both by us."""
    proved = {(one.user_id, mail_key(one.email)) for one in addresses if one.verified}
    for one in users:
        key, person = mail_key(one.email), people.get(one.person_id)
        strange = person is not None and person.mail_key != key
        alike = strange and person.mail.upper() == one.email.upper()
        unproved = (one.pk, key) not in proved and one.last_login is None
        if alike or (person is not None and not strange and unproved):
            one.person = None
        if alike:
            print(f"account {one.email!r} was joined to {person.mail!r} by its look alone: parted")
        one.email = key
        one.save(update_fields=["email", "person"])


def _addresses(addresses):
    """The library's own table: one row an account and address; a second writing goes."""
    seen, taken = set(), set()
    for one in addresses:
        key = mail_key(one.email)
        if not key or (one.user_id, key) in seen or (one.verified and key in taken):
            print(f"a second writing of {key or one.email!r} was removed from account {one.user_id}")
            one.delete()
            continue
        seen.add((one.user_id, key))
        taken |= {key} if one.verified else set()
        one.email = key
        one.save(update_fields=["email"])


def _units(organisations):
    """Units of one name in two writings stay two: the later is found by its exact name only."""
    seen = set()
    for one in organisations.objects.order_by("pk"):
        key = unit_key(one.name_zh)
        if key in seen:
            print(f"unit {one.pk} {one.name_zh!r} may be another writing of one entered before")
            key = f"{key[:380]} {one.pk}"
        seen.add(key)
        one.name_key = key
        one.save(update_fields=["name_key"])


class Migration(migrations.Migration):
    """People, accounts and units are looked up under one key each."""

    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        migrations.AddField(
            "person",
            "named_by",
            models.CharField(
                choices=[("office", "Office"), ("address", "Address")],
                default="office",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            "person", "mail_key", models.CharField(blank=True, editable=False, max_length=254, default=""), preserve_default=False
        ),
        migrations.AddField(
            "organisation", "name_key", models.CharField(editable=False, max_length=400, default=""), preserve_default=False
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
