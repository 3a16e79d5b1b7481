"""People, organisations, sign-in users and one-duty links."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from keti.accounts.rules import like_key, mail_key, name_key
from keti.kernel.acts import Subject, Text
from keti.kernel.guarded import guarded
from keti.kernel.ids import new_id, new_token
from keti.kernel.lines import Line
from keti.kernel.prepared import prepared
from keti.programmes.models import Programme


class Keyed(models.Model):
    """A row that is looked up under the key of one of its texts. Every saving writes the key."""

    KEYS: ClassVar[dict[str, tuple[str, Callable[[str], str]]]] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the keys beside the texts they are made of."""
        for text, (key, made) in self.KEYS.items():
            setattr(self, key, made(getattr(self, text)))
        only = kwargs.get("update_fields")
        if only is not None:
            also = {self.KEYS[one][0] for one in only if one in self.KEYS}
            kwargs["update_fields"] = {*only, *also}
        super().save(*args, **kwargs)


class Organisation(Keyed):
    """A unit: association, enterprise, university. Shared by all programmes.

    Where it stood twice on record, `same_as` of the one says which it is.
    """

    KEYS = {"name_zh": ("name_key", like_key)}

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    name_zh = Line(max_length=200)
    name_key = models.CharField(max_length=400, editable=False)
    name_en = Line(max_length=200, blank=True)
    kind = Line(max_length=30, blank=True)
    credit_code = Line(max_length=18, blank=True)
    affiliated_with = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="also_known_as"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name_zh"], name="organisation_name_once"),
            models.UniqueConstraint(fields=["name_key"], name="organisation_key_once"),
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def label(self) -> str:
        return self.name_zh

    @property
    def called(self) -> Text:
        """The name in the language of a page; the Chinese one where it has no other."""
        return Text(self.name_zh, self.name_en or self.name_zh)

    @property
    def now(self) -> "Organisation":
        """Which unit this row stands for today."""
        return self.same_as or self

    def subject(self) -> Subject:
        return Subject("accounts.organisation", self.public_id, self.name_zh)


class FormerName(Keyed):
    """What a unit was called, in full, before its name was changed or put right."""

    KEYS = {"name": ("name_key", like_key)}

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="former_names"
    )
    name = Line(max_length=200)
    name_key = models.CharField(max_length=400, editable=False, db_index=True)
    until = models.DateTimeField()

    class Meta:
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.name


class NamedBy(models.TextChoices):
    """Whose word a person's name and unit are."""

    OFFICE = "office"
    ADDRESS = "address"


class Person(Keyed):
    """A human being, with or without an account. Mail, mobile number, or neither.

    Letters go to `mail` as it was entered; look-ups ask `mail_key` and `name_key`. Who came by
    signing in is named after the address until a secretariat enters the name. Where it then turns
    out to be somebody on record, `same_as` says who: the account is theirs, this row stays for what
    was sent by it.
    """

    KEYS = {"mail": ("mail_key", mail_key), "name": ("name_key", name_key)}

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    name = Line(max_length=80)
    name_key = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    name_en = Line(max_length=80, blank=True)
    honorific = Line(max_length=40, blank=True)
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    named_by = models.CharField(
        max_length=10, choices=NamedBy.choices, default=NamedBy.OFFICE, editable=False
    )
    mail = models.EmailField(blank=True)
    mail_key = models.CharField(max_length=254, blank=True, editable=False)
    mobile = Line(max_length=20, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    is_demo = models.BooleanField(default=False)
    may_found = models.BooleanField(default=False)
    feed_token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mail_key"], condition=~models.Q(mail_key=""), name="person_mail_once"
            ),
            models.CheckConstraint(
                condition=models.Q(mail="") | ~models.Q(mail_key=""), name="person_mail_has_a_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    has_factor: bool | None = None
    """Whether their account has a second factor, where it was read with the account."""

    @property
    def label(self) -> str:
        return self.name

    @property
    def called(self) -> Text:
        """The name in the language of a page; the Chinese one where it has no other."""
        return Text(self.name, self.name_en or self.name)

    @property
    def now(self) -> "Person":
        """Whom this row stands for today."""
        return self.same_as or self

    def subject(self) -> Subject:
        return Subject("accounts.person", self.public_id, self.name)


def factors(whose: str) -> models.QuerySet[Any]:
    """The apps and keys that are asked for beside a code; `whose` is the field that is the row of
    an outer query: `user` of an account, `user__person` of a person."""
    authenticator = apps.get_model("mfa", "Authenticator")
    kinds = (authenticator.Type.TOTP, authenticator.Type.WEBAUTHN)
    found: models.QuerySet[Any] = authenticator.objects.filter(
        **{whose: OuterRef("pk")}, type__in=kinds
    )
    return found


class UserManager(BaseUserManager["User"]):
    def get(self, *args: Any, **named: Any) -> "User":
        """One account. By its row, as every request of a session asks, with who is behind it, which
        the page asks next, and by a kept statement. Nowhere else: an account that is held may not
        be joined to what it may lack."""
        if args or named.keys() != {"pk"} or not isinstance(named["pk"], int):
            return super().get(*args, **named)
        found = prepared(("accounts.user",), self._known, named["pk"])
        if not found:
            raise self.model.DoesNotExist
        user = found[0]
        if user.person is not None:
            user.person.has_factor = vars(user)["has_factor"]
        return user

    def _known(self, row: int) -> "models.QuerySet[User]":
        known = self.select_related("person__unit").annotate(has_factor=Exists(factors("user")))
        return known.filter(pk=row)

    def create_user(self, email: str, password: str | None = None, **extra: object) -> "User":
        """A user who signs in with a mailed code, or with `password` where one is given."""
        user = self.model(email=email, **extra)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """The sign-in side of a person. Holds no rights: rights follow from seats.

    Its address is the key itself, so that the library's own look-ups compare by equality.
    """

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT)
    sessions_key = models.CharField(max_length=32, null=True, blank=True, editable=False)
    """Another one ends every session at once, also those of which nothing is listed."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session holds as long as the password and the key of all sessions stay."""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        held = f"{self.password}{self.sessions_key or ''}"
        return salted_hmac(salt, held, secret=secret, algorithm="sha256").hexdigest()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address as its key. Refuses, as a fault of ours, what is no address."""
        key = mail_key(self.email)
        if not key:
            raise ValueError(f"{self.email!r} is no address")
        self.email = key
        super().save(*args, **kwargs)


class DutyLink(models.Model):
    """A personal link that opens exactly one duty, without an account. Only its hash is kept.

    It is closed once the duty is met, waived or cancelled, or once its seat or whoever acts there
    changes; it never opens again. Used, it shows the receipt as long as what was handed in stands.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    obligation_id = models.CharField(max_length=26, db_index=True)
    seat_id = models.CharField(max_length=26, db_index=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    closed = models.BooleanField(default=False)

    def is_live(self, at: datetime) -> bool:
        """True while the link shows anything at `at` (UTC)."""
        return self.revoked_at is None and at < self.expires_at

    def is_open(self, at: datetime) -> bool:
        """True while something may still be handed in by it."""
        return self.is_live(at) and not self.closed


class WayInMeans(models.TextChoices):
    """How a way in reaches its person: the office sends a letter, or hands it over."""

    LETTER = "letter", _("邮件")
    HAND = "hand", _("聊天或纸条")


class WayIn(models.Model):
    """A secret that signs one person in, once, because of one seat. Only its hash is kept.

    It ends when it was used, with its term, with its seat, and when the person's address becomes
    another than the one it was made for (`mail_key`; "" where none was on record).
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ways_in")
    seat_id = models.CharField(max_length=26, db_index=True)
    means = models.CharField(max_length=8, choices=WayInMeans.choices)
    by_label = Line(max_length=80)
    mail_key = models.CharField(max_length=254, blank=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    closed = models.BooleanField(default=False)
    """Its seat has ended, or somebody else acts there."""

    class Meta:
        ordering = ["pk"]

    def ended(self, at: datetime) -> str:
        """The code of why it opens nothing at `at` (UTC); "" while it does."""
        if self.used_at is not None:
            return "accounts.way-in-used"
        if self.revoked_at is not None or self.closed:
            return "accounts.way-in-ended"
        if self.person.same_as_id or self.mail_key not in ("", self.person.mail_key):
            return "accounts.way-in-of-another-address"
        return "accounts.way-in-expired" if at >= self.expires_at else ""


class SignedIn(models.Model):
    """One device on which somebody is signed in; gone with its session."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="signed_in")
    session_key = models.CharField(max_length=40)
    agent = Line(max_length=300, blank=True)
    """What the browser says of itself."""
    since = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Tally(models.Model):
    """How often something was tried at a door, by the hash of what and against whom."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)


guarded(Person, "may_found", quiet={"may_found": False})
guarded(DutyLink, "person", "obligation_id", "seat_id", "expires_at", quiet={})
guarded(WayIn, "programme", "person", "seat_id", "expires_at", quiet={})
