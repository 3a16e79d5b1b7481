"""The way through the steps of a new programme: their order, their frame, the steps that ask."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from keti.charter.rules import Finding
from keti.planning.doors import DraftDoor, template_of
from keti.planning.forms.asked import AskedForm
from keti.planning.rules.asked import STEPS, answered, sections
from keti.planning.views.drafts import frame, listed
from keti.planning.views.entries import keep

FIRST = "what"
TITLES = {
    "what": gettext_lazy("课题与单位"),
    "when": gettext_lazy("时间"),
    "groups": gettext_lazy("组别与职务"),
    "seats": gettext_lazy("席数"),
    "titles": gettext_lazy("名称与活动"),
    "call": gettext_lazy("征集通知"),
    "duties": gettext_lazy("应办事项与评审"),
    "numbers": gettext_lazy("文号"),
    "honours": gettext_lazy("荣誉与传播"),
    "notice": gettext_lazy("通知原文"),
    "origin": gettext_lazy("来自模板"),
    "check": gettext_lazy("检查与建立"),
}
PARTS: dict[str, tuple[str, ...]] = {
    "what": ("programme", "parties"),
    "when": ("calendar",),
    "groups": ("groups", "roles"),
    "titles": ("phases", "events"),
    "call": ("call", "admission"),
    "duties": ("obligations", "deliverables", "gates", "rounds", "findings"),
    "honours": ("honours", "outreach"),
}
"""The parts of the charter whose faults stand on a step; those of every other part on the last."""


@dataclass(frozen=True, slots=True)
class Way:
    """One step as the row of steps shows it."""

    name: str
    title: str
    url: str
    faults: int


def steps_of(door: DraftDoor) -> list[str]:
    """The steps this charter needs: one that has nothing to ask is left out."""
    empty = set() if template_of(door.draft.name)[0] else {"notice", "origin"}
    return [
        name
        for name in TITLES
        if name not in empty and (name not in STEPS or sections(name, door.data))
    ]


def url_of(door: DraftDoor, name: str) -> str:
    """The address of a step."""
    return reverse("planning:step", args=[door.draft.public_id, name])


def to_step(door: DraftDoor, name: str) -> HttpResponse:
    """Lead to a step."""
    return HttpResponseRedirect(url_of(door, name))


def after_step(door: DraftDoor, name: str) -> HttpResponse:
    """Lead to the step after this one."""
    return to_step(door, _beside(door, name, 1) or name)


def _beside(door: DraftDoor, name: str, by: int) -> str:
    every = steps_of(door)
    place = every.index(name) + by
    return every[place] if 0 <= place < len(every) else ""


def step_at(words: str) -> str:
    """The step on which a fault at this path stands."""
    head = words.split(".")[0].split("[")[0]
    return next((name for name, parts in PARTS.items() if head in parts), "check")


def faults_of(door: DraftDoor, name: str) -> list[Finding]:
    """The errors that stand on a step."""
    return [one for one in door.errors if step_at(one.path) == name]


def _told(door: DraftDoor, name: str) -> list[dict[str, str]]:
    """The errors of a step in words, each with its field, from which one comes back here."""
    found = [listed(door, one) for one in faults_of(door, name)]
    back = urlencode({"back": url_of(door, name)})
    for one in found:
        place, mark, field = one["url"].partition("#")
        one["url"] = f"{place}?{back}{mark}{field}"
    return found


def show_step(
    door: DraftDoor, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page of a step: where one is, what is wrong here, where the next leads."""
    every = steps_of(door)
    ways = [
        Way(one, str(TITLES[one]), url_of(door, one), len(faults_of(door, one))) for one in every
    ]
    back, onward = _beside(door, name, -1), _beside(door, name, 1)
    shown = frame(door) | {
        "step": name,
        "ways": ways,
        "place": every.index(name) + 1,
        "every": len(every),
        "heading": TITLES[name],
        "stay": url_of(door, name),
        "back": url_of(door, back) if back else "",
        "onward": url_of(door, onward) if onward else "",
        "first": url_of(door, FIRST),
        "faults": _told(door, name) if name != "check" else [],
    }
    return render(door.request, "planning/step.html", shown | context, status=status)


def asked(door: DraftDoor, name: str) -> HttpResponse:
    """A step that asks for places of the charter, section by section."""
    form = AskedForm(
        door.request.POST or None,
        sections=sections(name, door.data),
        data_of=door.data,
        lang=door.lang,
        initial={"base": door.draft.revision},
    )
    if door.request.method == "POST" and form.is_valid():
        text = answered(door.draft.text, door.data, form.answers())
        if keep(door, text, form.cleaned_data["base"], str(TITLES[name]), form):
            return after_step(door, name)
    status = 422 if door.request.method == "POST" else 200
    return show_step(door, name, {"page": "asked.html", "form": form, "asks": form.shown()}, status)
