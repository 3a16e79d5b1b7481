"""What a page shows of a state exists in both languages."""

import re
from importlib import import_module
from pkgutil import iter_modules

from django.db.models import Choices
from django.utils.translation import override

import keti
from keti.groups.models import Role
from keti.site import policy
from tests.cast import Cast
from tests.house.test_routes import PARAMETERS, address

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


KEPT = {"site:ledger", "site:ledger_export"}
"""The record says who acted in the words it was written in."""


def test_no_english_page_names_a_role_in_chinese(cast: Cast):
    roles = {f"（{one.title_zh}）" for one in Role.objects.all() if one.title_en}
    found = []
    for route in PARAMETERS:
        if route not in policy.table() or policy.table()[route] == policy.DEMO or route in KEPT:
            continue
        path = address(route, slug="cast", thing=cast.duty("moon", "cell.red").public_id)
        for player in (cast.lu,):
            answer = player.client.get(path, headers={"accept-language": "en"})
            if "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming:
                page = answer.content.decode()
                found += [(route, role) for role in roles if role in page]
    assert roles and found == []
