from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "keti.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The library tells by these signals alone that somebody signs in by another address now,
        or has another password."""
        from allauth.account.signals import email_changed, password_changed, password_set

        from keti.accounts.adapter import moved, rekeyed

        email_changed.connect(moved, dispatch_uid="keti.accounts.moved")
        for told in (password_changed, password_set):
            told.connect(rekeyed, dispatch_uid="keti.accounts.rekeyed")
