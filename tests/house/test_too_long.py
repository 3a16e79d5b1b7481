"""A text too long for its column is refused at the box in which it was typed, in every form."""

from collections.abc import Iterator

import pytest
from django import forms
from django.db import connection
from django.http import QueryDict

from keti.groups.doors import DatedForm, attempt, forget_read_forms
from keti.groups.doors.filling import blame_box
from keti.kernel.lines import Line, LineForm, Words
from keti.kernel.refusals import Refused
from keti.meetings.models import Meeting
from keti.meetings.rules import guests
from tests.cast import Cast
from tests.house.test_lines import columns, form_classes

COLUMN = Line(max_length=300, name="elsewhere")
TYPED = "这段话太长" * 70
WITHOUT_END = {
    "BesideForm.guests": "a guest a line; each name is counted",
    "DecisionForm.reason": "a text of any length",
    "LetterForm.text": "likewise; mail has its own limit",
    "MinutesForm.body": "likewise",
    "MinutesForm.resolutions": "likewise, one a line",
    "TextForm.body": "likewise",
    "PlanForm.agenda": "likewise",
    "PlanForm.guests": "a guest a line; each name is counted",
}
"""Boxes without a limit of their own, and why. Those for signing in are the library's."""
OF_ANOTHER_COLUMN = {
    "AnnounceForm.division": "a name or a code; the column holds the code it stands for",
    "LodgeForm.text": "a file is pasted whole; the column holds the key found in it",
    "SheetForm.body": "the text of a sheet, which has no end; guests stand for a body",
    "SheetForm.division": "a name or a code; the column holds the code it stands for",
    "RetractForm.reason": "the reason of a retraction, not of an answer to a proof",
}
"""Boxes that only share their name with a column of the room."""
ABOUT = ("accounts", "groups")
OF_PEOPLE = ("name", "name_en", "name_zh", "honorific", "mobile", "credit_code")
"""Boxes of any room that are about people and units, and the rooms that hold those."""
FORMS = [one for one in form_classes() if issubclass(one, LineForm)]


def boxes(form: type[forms.BaseForm]) -> Iterator[tuple[str, forms.CharField]]:
    """The boxes of words of a form, but hidden ones and passwords."""
    for name, box in form.base_fields.items():
        hidden = isinstance(box.widget, forms.HiddenInput | forms.PasswordInput)
        if isinstance(box, forms.CharField) and not hidden:
            yield name, box


def stored(text: str) -> None:
    """What an act does last: the row goes into its table."""
    COLUMN.get_db_prep_save(text, connection)


def refusal(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        stored(text)
    return caught.value


@pytest.mark.parametrize("typed", [TYPED, f"短\r\n{TYPED}\r\n短"], ids=["whole", "of many lines"])
def test_every_box_of_every_form_is_named(typed):
    """Whatever the column is called, and whether or not the view handed its form over."""
    for form, name, box in [(kind, *one) for kind in FORMS for one in boxes(kind)]:
        free = {one: forms.CharField(required=False, widget=box.widget) for one, _ in boxes(form)}
        sent = QueryDict(mutable=True)
        sent.update({one: "别处的话" for one in free} | {name: typed})
        forget_read_forms()
        bound = type("Bare", (DatedForm,), free)(sent)
        assert bound.is_valid()
        refused = refusal(TYPED)
        assert blame_box(refused)
        assert dict(bound.errors) == {name: [refused.sentence()]}


@pytest.mark.django_db
def test_what_nobody_typed_is_blamed_on_no_box():
    forget_read_forms()
    bound = type("Bare", (DatedForm,), {"text": forms.CharField()})({"text": "短"})
    assert bound.is_valid()
    _none, refused = attempt(lambda: stored(TYPED))
    assert (refused and refused.code, dict(bound.errors)) == ("kernel.too-long", {})


@pytest.mark.django_db
def test_of_two_boxes_that_say_the_same_the_one_called_like_the_column():
    forget_read_forms()
    both = ("here", "elsewhere")
    bound = type("Bare", (DatedForm,), {one: forms.CharField() for one in both})(
        dict.fromkeys(both, TYPED)
    )
    assert bound.is_valid()
    attempt(lambda: stored(TYPED))
    assert list(bound.errors) == ["elsewhere"]


def test_a_box_says_how_much_it_takes_and_takes_no_more_than_its_column():
    """The page counts before anything is sent; a box called like a column of its room, or of the
    people and units it is about, takes what that column holds."""
    limits: dict[tuple[str, str], int] = {}
    for label, field in columns():
        if isinstance(field, Words):
            at = (label.partition(".")[0], field.name)
            limits[at] = max(limits.get(at, 0), field.max_length or 0)
    endless, wider, met = set(), set(), 0
    for form in FORMS:
        room = form.__module__.split(".")[1]
        for name, box in boxes(form):
            if box.max_length is None:
                endless.add(f"{form.__name__}.{name}")
                continue
            about = ABOUT if name in OF_PEOPLE else (room,)
            most = limits.get((room, name)) or max(limits.get((one, name), 0) for one in about)
            met += most > 0
            if 0 < most < box.max_length:
                wider.add(f"{form.__name__}.{name}")
    assert endless == set(WITHOUT_END)
    assert wider == set(OF_ANOTHER_COLUMN)
    assert met > 30


@pytest.mark.django_db
def test_a_guest_with_a_long_name_is_refused_at_the_guests(cast: Cast):
    """It was cut without a word."""
    long = "欧阳" * 31
    with pytest.raises(Refused, match="有62个字，最多60个"):
        guests(f"客一 a@example.org\n{long} b@example.org")
    cast.at("2030-04-08T10:00")
    duty = cast.duty("talk", "cell.red")
    page = f"/p/cast/meetings/plan/{duty.public_id}/"
    sent = {"key": "k1", "title": "碰头会", "starts_at": "2030-04-11T14:00", "mode": "room"}
    answer = cast.lu.client.post(page, sent | {"guests": f"{long} b@example.org"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert f"“{long[:20]}…”有62个字，最多60个。请缩短。" in shown
    assert long in shown
    assert not Meeting.objects.exists()
