"""What the chain lacks of what the charter demands, each with who answers for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keti.groups.doors import enter
from keti.lists.doors import paged
from keti.research import doors, queries

MOST = 50


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every gap of what this seat sees, its node and who answers for it."""
    door = enter(request, slug)
    found = doors.gaps(door)
    page = paged(request, found, MOST)
    named = queries.nodes_of(one.node for one in page)
    rows = [
        {
            "node": named[one.node],
            "title": named[one.node].title.in_(door.lang),
            "tag": named[one.node].tag.in_(door.lang),
            "words": doors.gap_words(door, one),
            "error": one.rule.severity == "error",
            "source": one.rule.source,
            "owner": named[one.node].owner.called.in_(door.lang),
        }
        for one in page
        if one.node in named
    ]
    context = {"door": door, "rows": rows, "page": page, "count": len(found)}
    return render(request, "research/gaps.html", context)
