from django.apps import AppConfig


class WitnessConfig(AppConfig):
    name = "keti.witness"
    label = "witness"
    default_auto_field = "django.db.models.BigAutoField"
