from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "keti.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The access log hears of every signing in and out."""
        from keti.site.access import listen

        listen()
