from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "keti.planning"
    label = "planning"
