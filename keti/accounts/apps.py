from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "keti.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The library tells by this signal alone that somebody signs in by another address now."""
        from allauth.account.signals import email_changed

        from keti.accounts.adapter import moved

        email_changed.connect(moved, dispatch_uid="keti.accounts.moved")
