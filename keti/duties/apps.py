from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "keti.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from keti.duties.actions import says_what_waits, waiting_claims
        from keti.duties.notices import owed_first
        from keti.groups.notices import says_what_is_first

        says_what_waits("duties", waiting_claims)
        says_what_is_first(owed_first)
