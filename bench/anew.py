"""The house's settings, and nothing kept between pages (`Door.unchanged`): what the first page
after a line of the record costs."""

from importlib import import_module

from django.apps import AppConfig

from keti import settings as house

globals().update({name: one for name, one in vars(house).items() if name.isupper()})
INSTALLED_APPS = [*house.INSTALLED_APPS, "bench.anew.KeepsNothing"]


class KeepsNothing(AppConfig):
    """Told to keep nothing when everything is loaded."""

    name = "bench"

    def ready(self) -> None:
        import_module("keti.groups.doors.unchanged").MOST = 0
