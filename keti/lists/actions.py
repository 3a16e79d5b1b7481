"""Keeping, renaming and removing what a list is asked for.

None of these leaves a line in the ledger: it is one person's preference. Sent twice, the second
finds what the first made.
"""

from typing import cast

from django.db import transaction

from keti.accounts.models import Person
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold, hold_row, put
from keti.lists import queries
from keti.lists.models import SavedView
from keti.programmes.models import Programme

MOST = 20


@transaction.atomic
def keep_view(act: Act, *, programme: Programme, called: str, title: str, query: str) -> SavedView:
    """Keep what the list is asked for under this name; one of the same name is replaced.

    Refuses an empty name, and more than a person may keep for a list. The person is held: two
    first savings meet there.
    """
    person, title = _owner(act), _named(title)
    kept = queries.views_of(programme, person, called)
    if kept.count() >= MOST and not kept.filter(title=title).exists():
        raise Refused("lists.too-many-views", most=MOST)
    wanted = {"query": query, "saved_at": act.recorded_at}
    key = {"programme": programme, "person": person, "called": called, "title": title}
    return put(SavedView.objects.all(), wanted, **key)[0]


@transaction.atomic
def rename_view(act: Act, *, view: SavedView, title: str) -> SavedView:
    """Give it another name. Refuses an empty one, and one that is taken."""
    person, title = _owner(act), _named(title)
    mine = hold(queries.views_of(view.programme, person, view.called)).get(pk=view.pk)
    others = queries.views_of(view.programme, person, view.called).exclude(pk=mine.pk)
    if others.filter(title=title).exists():
        raise Refused("lists.view-is-called-so", title=title)
    mine.title = title
    mine.save(update_fields=["title"])
    return mine


@transaction.atomic
def drop_view(act: Act, *, view: SavedView) -> None:
    """Remove it. One that is gone already is gone."""
    person = _owner(act)
    queries.views_of(view.programme, person, view.called).filter(pk=view.pk).delete()


def _owner(act: Act) -> Person:
    return hold_row(Person, cast(Person, act.by).pk)


def _named(title: str) -> str:
    named = " ".join(title.split())[:60]
    if not named:
        raise Refused("lists.name-the-view")
    return named
