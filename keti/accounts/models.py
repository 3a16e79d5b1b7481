"""People, organisations, sign-in users and one-duty links."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from keti.kernel.acts import Subject
from keti.kernel.ids import new_id, new_token


class Organisation(models.Model):
    """A unit: association, enterprise, university. Shared by all programmes."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=30, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    affiliated_with = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name_zh"], name="organisation_name_once")]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def label(self) -> str:
        return self.name_zh


class Person(models.Model):
    """A human being, with or without an account. Mail, mobile number, or neither."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    honorific = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    mail = models.EmailField(blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_demo = models.BooleanField(default=False)
    may_found = models.BooleanField(default=False)
    feed_token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mail"], condition=~models.Q(mail=""), name="person_mail_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.name

    def subject(self) -> Subject:
        return Subject("accounts.person", self.public_id, self.name)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: object) -> "User":
        """A user who signs in with a mailed code, or with `password` where one is given."""
        user = self.model(email=self.normalize_email(email), **extra)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """The sign-in side of a person. Holds no rights: rights follow from seats."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    def __str__(self) -> str:
        return self.email


class Consent(models.Model):
    """A person's consent to one purpose, as asked, given and withdrawn (PIPL arts. 13-15, 25)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60)
    scope = models.CharField(max_length=26)
    wording = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "scope"],
                condition=models.Q(withdrawn_at=None),
                name="consent_standing_once",
            )
        ]


class DutyLink(models.Model):
    """A personal link that opens exactly one duty, without an account. Only its hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    obligation_id = models.CharField(max_length=26)
    seat_id = models.CharField(max_length=26)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def is_live(self, at: datetime) -> bool:
        """True while the link may still be used at `at` (UTC)."""
        return self.revoked_at is None and at < self.expires_at
