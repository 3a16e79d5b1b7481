"""The charter page: clause, what the charter makes of it, remarks; the file itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from keti.charter.queries import in_force
from keti.duties.doors import seen
from keti.groups.doors import enter
from keti.site.queries import home
from keti.site.queries.charter import chapters
from keti.site.rules.river import draw


def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter in force beside the clauses of its notice."""
    door = enter(request, slug)
    version = in_force(door.programme)
    parts, left, remarks = chapters(door, version)
    context = {
        "door": door,
        "version": version,
        "chapters": parts,
        "left": [(one.id, one.text(door.lang)) for one in left],
        "remarks": remarks,
        "lang": door.lang,
        "river_svg": mark_safe(draw(home.river(door, seen(door)))),
    }
    return render(request, "site/charter.html", context)


def charter_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The charter file as it was applied."""
    door = enter(request, slug)
    version = in_force(door.programme)
    answer = HttpResponse(version.text, content_type="application/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-v{version.number}.yaml"'
    return answer
