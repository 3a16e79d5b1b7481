"""One address has one key, a look-alike another; every look-up compares keys by equality."""

import ast
import importlib
import inspect
import re

import pytest
from allauth.account import forms as library
from allauth.account.fields import EmailField
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.encoding import punycode
from hypothesis import example, given
from hypothesis import strategies as st

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.forms import AddressField
from keti.accounts.models import Organisation, Person, User
from keti.accounts.queries import account_of, by_mail, organisation_named
from keti.accounts.rules import fold, like_key, mail_fault, mail_key, name_key, spoken
from tests.house.sources import name, trees

KIM = "kim@civil.example"
SAME = ["KIM@Civil.Example", " kim@civil.example ", "kim@ｃｉｖｉｌ.example", "kim＠civil.example"]
OTHER = [
    "k\u0131m@civil.example",
    "kim@c\u0131v\u0131l.example",
    "kim@\u0441ivil.example",
    "kim@civil.example.org",
    "kim+1@civil.example",
]
FOLDED = ["\u212aim@civil.example", "ｋｉｍ@civil.example", "k\u0130m@civil.example"]
NONE = ["", "kim", "@civil.example", "kim@", "a@b＠c.example", "a＠b@c.example", "a b@c.example"]
NONE += ["x" * 65 + "@civil.example", "kim@" + "x" * 64 + ".example", "kim@civil", "kim@.example"]


@pytest.mark.parametrize("written", SAME)
def test_case_width_and_space_do_not_make_another_address(written):
    assert mail_key(written) == mail_key(KIM) == KIM
    assert mail_fault(written) == ""


@pytest.mark.parametrize("written", OTHER)
def test_what_only_looks_alike_is_another_address(written):
    assert mail_key(written) not in ("", KIM)


@pytest.mark.parametrize("written", FOLDED)
def test_before_the_at_a_sign_that_folds_into_another_is_refused(written):
    assert mail_fault(written) == "accounts.look-alike-address"


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_address_has_no_key_and_finds_nobody(written):
    assert mail_key(written) == ""
    assert mail_fault(written) == "accounts.not-an-address"


@given(st.text(max_size=20), st.text(max_size=20))
@example("kim", "civil.example")
def test_a_key_is_its_own_key_and_may_be_typed(local, domain):
    key = mail_key(f"{local}@{domain}")
    assert mail_key(key) == key
    assert not key or mail_fault(key) == ""
    assert key == fold(key)


@given(st.text(alphabet="aıiİIkKſs\u0441cｃß.-例子", min_size=1, max_size=12))
def test_the_key_names_the_box_to_which_a_letter_goes(domain):
    key = mail_key(f"kim@{domain}.example")
    if key:
        sent_to = punycode(fold(f"{domain}.example"))
        assert key == f"kim@{sent_to}"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("名企3（演示）", "名企３(演示)", True),
        ("ACME Institute", "acme  institute", True),
        ("名\u200b企", "名企", True),
        ("名企·北京", "名企•北京", True),
        ("名企【北京】", "名企（北京）", True),
        ("名企3", "名企4", False),
    ],
)
def test_a_unit_is_one_whatever_the_width_case_and_gaps_of_its_name(one, other, same):
    assert (like_key(one) == like_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("郑 建国", "郑建国", True),
        ("丙　一", "丙一", True),
        ("Ｊｏｈｎ　Smith", "john smith", True),
        ("古丽·阿布都", "古丽•阿布都", True),
        ("古丽·阿布都", "古丽阿布都", True),
        ("J. Smith", "J Smith", True),
        ("郑建国", "郑建囯", False),
        ("·", ".", True),
        ("·", "", False),
    ],
)
def test_a_name_is_one_whatever_its_width_case_gaps_and_dots(one, other, same):
    assert (name_key(one) == name_key(other)) is same


@pytest.mark.django_db
def test_people_units_and_accounts_are_found_by_key_and_stand_once():
    kim = enter_person(PersonFacts("金监控（演示）", mail="Kim@Civil.Example"))
    assert kim.mail == "Kim@Civil.Example"
    assert {by_mail(one) for one in SAME} == {kim}
    assert {by_mail(one) for one in (*OTHER, *NONE)} == {None}
    account = User.objects.create_user("KIM@civil.example")
    assert (account.email, account_of(SAME[2]), account_of(OTHER[0])) == (KIM, account, None)
    unit = enter_organisation("名企3（演示）")
    assert organisation_named("名企３(演示)") == unit == enter_organisation(" 名企３（演示） ")
    for made in (
        lambda: Person.objects.create(name="别人", mail=SAME[2]),
        lambda: User.objects.create_user(SAME[0]),
        lambda: Organisation.objects.create(name_zh="名企３(演示)"),
        lambda: Person.objects.create(name="别人", mail="no address"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            made()


@pytest.mark.django_db
def test_a_key_follows_its_text_however_the_row_is_saved():
    kim = enter_person(PersonFacts("金监控（演示）", mail=KIM))
    kim.mail = "new@civil.example"
    kim.save(update_fields=["mail"])
    assert by_mail("new@civil.example") == kim
    assert by_mail(KIM) is None


LOOKUPS = {"filter", "get", "exclude", "get_or_create", "update_or_create", "Q", "update"}
DOORS = {
    "keti/accounts/queries.py",
    "keti/accounts/actions/people.py",
    "keti/accounts/actions/signing.py",
    "keti/accounts/actions/waysin.py",
}
EMPTY = {"keti/accounts/models.py", "keti/intake/views/people.py"}
"""Whether there is an address at all."""


OF_MAIL = re.compile(r"(^|_)e?mail(_|$)")


def test_no_look_up_by_address_goes_round_the_one_function():
    """No `iexact` on an address anywhere, no filter on the address itself outside accounts."""
    found = []
    for file, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            words = [one.arg or "" for one in node.keywords]
            asked = [one for one in words if one.split("__")[-1] in ("mail", "email")]
            asked += [
                one for one in words if OF_MAIL.search(one) and "__" in one and "key" not in one
            ]
            asked += [one for one in words if one.endswith("__iexact")]
            if called in LOOKUPS and asked and name(file) not in DOORS | EMPTY:
                found.append(f"{name(file)}:{node.lineno} {asked}")
    assert found == []


def test_every_form_of_the_library_that_takes_an_address_takes_its_key():
    """A form the library adds one day that asks for an address is found here."""
    takes = {
        one
        for _, one in inspect.getmembers(library, inspect.isclass)
        if one.__module__ == library.__name__
        and any(
            isinstance(field, EmailField) for field in vars(one).get("base_fields", {}).values()
        )
    } | {library.LoginForm, library.SignupForm}
    ours = set()
    for path in settings.ACCOUNT_FORMS.values():
        module, _, held = path.rpartition(".")
        ours.add(getattr(importlib.import_module(module), held))
    for base in takes - {library.BaseSignupForm}:
        [form] = [one for one in ours if issubclass(one, base)]
        bound = form()
        assert isinstance(bound.fields[form.address], AddressField)


def test_the_tables_that_hold_addresses_are_known():
    """Another table with an address gets a key too, or is named here with its reason."""
    known = {
        "accounts.Person.mail": "has mail_key",
        "accounts.User.email": "is the key",
        "account.EmailAddress.email": "is written by forms that give the key",
        "meetings.Guest.mail": "where an invitation goes; two of one meeting are told by mail_key",
        "letters.Listed.mail": "an office on an approved list, as it stood; no person",
        "letters.MailPiece.mail": "where one letter to an office goes; nobody is looked up by it",
        "letters.Office.mail": "of an office, no person; nobody signs in with it",
        "notify.Message.address": "where one letter goes; nobody is looked up by it",
    }
    held = {
        f"{table._meta.label}.{field.name}"
        for table in apps.get_models()
        for field in table._meta.get_fields()
        if type(field).__name__ == "EmailField"
    }
    assert held == set(known)
    assert EmailAddress._meta.label == "account.EmailAddress"


MIGRATION = importlib.import_module("keti.accounts.migrations.0002_keys")


def test_the_migration_says_in_words_what_collides():
    rows = [
        User(pk=1, email="Kim@x.example"),
        User(pk=2, email="kim@X.example"),
        User(pk=3, email="?"),
    ]
    words = MIGRATION._twice("accounts", rows, "email")
    assert words == [
        "accounts of one address kim@x.example: 1: 'Kim@x.example', 2: 'kim@X.example'. "
        "Correct all but one first.",
        "accounts with what is no mail address: 3: '?'. Correct them first.",
    ]


@pytest.mark.django_db
def test_the_migration_parts_who_was_joined_by_look_and_who_never_proved_it(cast, capsys):
    def joined(address, person, *, proved):
        account = User.objects.create_user(address, person=person)
        EmailAddress.objects.create(user=account, email=address, verified=proved, primary=True)
        return account

    kim = enter_person(PersonFacts("金监控（演示）", mail=KIM))
    alike = joined(OTHER[0], kim, proved=True)
    unproved = joined(cast.mao.person.mail, cast.mao.person, proved=False)
    proved = joined(cast.lu.person.mail, cast.lu.person, proved=True)
    stranger = enter_person(PersonFacts("zhang.jianguo", mail="zhang.jianguo@civil.example"))
    MIGRATION.fill(apps, None)
    for account, person in ((alike, None), (unproved, None), (proved, cast.lu.person)):
        account.refresh_from_db()
        assert account.person == person
    stranger.refresh_from_db()
    assert (stranger.named_by, by_mail(KIM)) == ("address", kim)
    assert "by its look alone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "tongue"),
    [
        ("李晓燕", "zh-hans"),
        ("Ben Quinn", "en"),
        ("Dr. Ana María Ruiz", "en"),
        ("王 David", "zh-hans"),
        ("zhang.jianguo", "zh-hans"),
        ("", "zh-hans"),
    ],
)
def test_of_whom_only_the_name_is_known_it_says_the_language_of_letters(name, tongue):
    assert spoken(name) == tongue


@pytest.mark.django_db
def test_a_language_that_is_known_wins_over_the_name():
    assert enter_person(PersonFacts("Ben Quinn", mail="b@x.example")).language == "en"
    told = PersonFacts("Eva Roth", mail="e@x.example", language="zh-hans")
    assert enter_person(told).language == "zh-hans"
