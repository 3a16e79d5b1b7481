"""A drawn charter founded through the pages a founder uses, and lived to its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest.mock import patch

from django.core.cache import cache
from django.test import Client, override_settings

from keti.charter.rules import load
from keti.documents.rules.render import render
from keti.kernel import clock, ids, prepared
from keti.kernel.models import SimulatedInstant
from keti.planning.models import CharterDraft
from keti.play import judging
from keti.play import live as playing
from keti.programmes.models import Programme
from tests.drawn.charters import Drawn


def founded(client: Client, text: str) -> Programme:
    """The programme of this charter, by way of the wizard: from nothing, the file put in whole."""
    begun = client.post("/start/new/", {"from": "nothing"})
    url = str(begun.url).removesuffix("step/what/")
    base = str(CharterDraft.objects.latest("pk").revision)
    kept = client.post(f"{url}file/", {"base": base, "text": text})
    assert kept.status_code == 302, kept.content.decode()[-2000:]
    base = str(CharterDraft.objects.latest("pk").revision)
    client.post(f"{url}step/notice/", {"base": base, "do": "none"})
    answer = client.post(f"{url}step/check/", {"key": "k"})
    if answer.status_code != 302:
        raise AssertionError(f"not founded: {answer.context['form'].errors}")
    return Programme.objects.latest("pk")


@contextmanager
def as_played() -> Iterator[None]:
    """The house as `keti play` lives in it: no letter goes to a mail server, no read is compared
    with its queryset; papers are set by this process, which has what sets them loaded."""
    here = "keti.release.actions.producing.render", "keti.documents.doors.made.render"
    with (
        override_settings(KETI_MODE="play"),
        patch.object(prepared, "checking", False),
        patch(here[0], render),
        patch(here[1], render),
    ):
        yield


@as_played()
def lived(
    client: Client, founder: Any, one: Drawn, seed: int, decide: dict[str, str] | None = None
) -> list[str]:
    """What does not hold: what stays owed at the end, and what was refused on the way there.

    `decide`: the outcome at a gate, by its id, where it is to be another than approved.
    """
    cache.clear()
    SimulatedInstant.objects.all().delete()
    charter, found = load(one.text, "drawn.yaml")
    if charter is None:
        return [one.as_text("en") for one in found]
    clock.stand_at(playing.first_moment(charter))
    try:
        programme = founded(client, one.text)
    except AssertionError as trouble:
        return [str(trouble)]
    ids.seed(seed)
    stage = playing.staged(charter, programme, founder, Random(seed))
    stage.memory["decide"] = judging.asked(charter, [f"{k}={v}" for k, v in (decide or {}).items()])
    playing.live(stage)
    ids.unseed()
    left = [f"still owed: {duty.key}" for duty in playing.open_ends(stage)]
    if left:
        left += [f"refused {n}x: {said}" for said, n in stage.refusals.most_common(5)]
    return left
