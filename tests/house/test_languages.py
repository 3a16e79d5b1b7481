"""What a page shows of a state exists in both languages."""

import re
from importlib import import_module
from pkgutil import iter_modules

from django.db.models import Choices
from django.utils.translation import override

import keti

CHINESE = re.compile("[\u4e00-\u9fff]")


def every(kind: type[Choices]) -> list[type[Choices]]:
    return [one for child in kind.__subclasses__() for one in (child, *every(child))]


def test_the_word_of_every_state_has_english():
    for room in iter_modules(keti.__path__):
        for part in ("enums", "models"):
            try:
                import_module(f"keti.{room.name}.{part}")
            except ModuleNotFoundError:
                continue
    kinds = [one for one in every(Choices) if one.__module__.startswith("keti.")]
    assert len(kinds) > 20
    with override("en"):
        found = [
            (kind.__name__, str(one))
            for kind in kinds
            for one in kind.labels
            if CHINESE.search(str(one))
        ]
    assert found == []
