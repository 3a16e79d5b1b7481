"""Every form of work with the room that does it, collected from the rooms as the policy is."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from keti.kernel.bound import Binding


def has_works(app: str) -> bool:
    """Whether an installed app is a package with works; an app named by its class is no room."""
    try:
        return find_spec(f"{app}.works") is not None
    except ModuleNotFoundError:
        return False


def bound() -> dict[str, Binding]:
    """Form -> how its room is bound to it. A form that two rooms claim keeps the server from
    starting."""
    found: dict[str, Binding] = {}
    for app in settings.INSTALLED_APPS:
        if app == __package__ or not has_works(app):
            continue
        for one in import_module(f"{app}.works").WORKS:
            if one.form in found:
                raise ImproperlyConfigured(f"two rooms do the form of work {one.form}")
            found[one.form] = one
    return found


BOUND = bound()


def room_of(form: str) -> Binding:
    """The room of a form; what no room claims is met on the page of its duty."""
    return BOUND.get(form) or BOUND["file"]
