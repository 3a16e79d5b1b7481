"""Many at once in the steps: groups named a line each, the rest of a template kept."""

import pytest
from django.test import Client

from keti.charter.rules.reading import read
from keti.planning.models import CharterDraft
from keti.planning.tests.test_pages import TEMPLATE, account, begun, token, values

__all__ = ["token"]


@pytest.mark.usefixtures("empty_house")
def test_groups_are_named_a_line_each(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    page = client.get(f"{url}step/groups/")
    [(form, kind)] = page.context["named"]
    old = str(form["lines"].value()).split("\n")
    facts = {
        "base": str(form["base"].value()),
        "kind": kind,
        "lines": f"{old[1]}\n\n试点\n验证\n试点",
    }
    assert client.post(f"{url}step/groups/", facts | {"lines": " \n"}).status_code == 422
    assert client.post(f"{url}step/groups/", facts).url == f"{url}step/groups/"
    held = read(CharterDraft.objects.get().text).data["groups"][kind]["instances"]
    was = list(
        read(client.get(f"{url}file/").context["draft"].steps.first().text).data["groups"][kind][
            "instances"
        ]
    )
    assert [one["zh"] for one in held.values()] == [old[1], "试点", "验证"]
    assert list(held)[:2] == was[::-1]
    assert held[was[0]] == {"zh": "试点"}
    [(form, kind)] = client.get(f"{url}step/groups/").context["named"]
    facts = {"base": str(form["base"].value()), "kind": kind, "lines": "验证"}
    client.post(f"{url}step/groups/", facts)
    held = read(CharterDraft.objects.get().text).data["groups"][kind]["instances"]
    assert [one["zh"] for one in held.values()] == ["验证"]
    assert client.get(f"{url}step/check/").context["compiled"]


@pytest.mark.usefixtures("empty_house")
def test_all_of_the_template_is_kept_with_one_button_and_nothing_typed_is_lost(
    client: Client, token: str
) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    pages = client.get(f"{url}step/origin/").context["pages"]
    facts = {name: words for one in pages for name, words in values(one[2]).items()}
    mine = next(name for name in facts if name.startswith("groups-") and name.endswith("/zh"))
    empty = client.post(f"{url}step/origin/", facts | {mine: "", "page": "all"})
    assert empty.status_code == 422
    done = client.post(f"{url}step/origin/", facts | {mine: "自己的组", "page": "all"})
    assert done.url == f"{url}step/check/"
    assert "自己的组" in CharterDraft.objects.get().text
    assert client.get(f"{url}step/origin/").context["unseen"] == 0


@pytest.mark.usefixtures("empty_house")
def test_a_role_is_added_in_one_step_with_group_seats_and_rights(
    client: Client, token: str
) -> None:
    client.post("/start/", account(token))
    url = begun(client, f"template:{TEMPLATE}")
    form = client.get(f"{url}step/groups/").context["role"]
    data = read(CharterDraft.objects.get().text).data
    group = list(data["groups"])[-1]
    like = next(key for key, one in data["roles"].items() if one.get("can"))
    facts = {
        "kind": "role+", "base": str(form["base"].value()), "zh": "联络员", "en": "",
        "group": group, "least": "2", "most": "1", "holder_kind": "person", "like": like,
    }  # fmt: skip
    wrong = client.post(f"{url}step/groups/", facts)
    assert wrong.status_code == 422
    assert "最多的席数不能少于最少的席数。" in wrong.content.decode()
    assert wrong.context["role"]["zh"].value() == "联络员"
    assert client.post(f"{url}step/groups/", facts | {"most": "3"}).url == f"{url}step/groups/"
    roles = read(CharterDraft.objects.get().text).data["roles"]
    assert list(roles.values())[-1] == {
        "zh": "联络员", "in": group, "min": 2, "max": 3, "holder_kind": "person",
        "can": data["roles"][like]["can"],
        **({"external": True} if data["roles"][like].get("external") else {}),
    }  # fmt: skip
    assert "联络员" in client.get(f"{url}step/seats/").content.decode()
