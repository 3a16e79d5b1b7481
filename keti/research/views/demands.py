"""What was asked for, by whose voice, and what was answered: figures alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.groups.doors import enter
from keti.research import queries
from keti.research.enums import Stakeholder
from keti.research.rules.demands import LEAST


def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """How many demands each side made and how they were answered; who is silent."""
    door = enter(request, slug)
    told, total = door.unchanged(("research.demands",), lambda: queries.demands(door.programme))
    names = {**dict(Stakeholder.choices), "": _("未注明")}
    rows = [{"one": row, "name": names[row.side]} for row in told if row.side or row.count != 0]
    silent = [names[row.side] for row in told if row.side and row.count == 0]
    context = {"door": door, "rows": rows, "total": total, "silent": silent, "least": LEAST}
    return render(request, "research/demands.html", context)
