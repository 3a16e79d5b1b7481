"""Every form that changes something carries its token and its key; no page its own style."""

import re
from collections.abc import Iterator

from tests.house.sources import name, templates

FORM = re.compile(r'<form\b[^>]*\bmethod="post".*?</form>', re.DOTALL)
KEY = re.compile(r'name="key"|\{\{ ?[\w.]*\.key ?\}\}|\{% fields |act_fields\.html')
WITHOUT_KEY = {
    "keti/templates/ui/sign_out.html": "signing out",
    "keti/templates/ui/account.html": "signing out twice is signing out",
    "keti/templates/ui/band.html": "the demo's clock: its button sends the date it shows",
    "keti/templates/ui/language.html": "choosing a language twice is choosing it",
    "keti/templates/ui/seat.html": "choosing a seat twice is choosing it",
    "keti/drafts/templates/drafts/list.html": "a draft discarded or taken back twice is so once",
    "keti/site/templates/site/demo.html": "signing in as one of the demo's cast",
    "keti/reports/templates/reports/edit.html": "a draft is saved over the revision it was read at",
    "keti/planning/templates/planning/amendments.html": (
        "begun twice, the same draft is gone on with"
    ),
    "keti/planning/templates/planning/charter.html": (
        "begun twice, the same draft is gone on with"
    ),
    "keti/planning/templates/planning/origins.html": (
        "a second draft is private and can be discarded"
    ),
    "keti/planning/templates/planning/draft/acts.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/draft/discard.html": "a draft discarded twice is discarded",
    "keti/planning/templates/planning/draft/entry.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/steps/shelves.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/draft/file.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/draft/shelf.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/steps/asked.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/steps/notice.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/steps/origin.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/steps/what.html": (
        "a draft is changed over the revision it was read at"
    ),
    "keti/planning/templates/planning/steps/when.html": (
        "a draft is changed over the revision it was read at"
    ),
}

SAID = re.compile(
    r"\{% block chinese %\}.*?\{% endblock|\{% blocktrans.*?\{% endblocktrans|\{% trans \"[^\"]*\""
    r"|_\(\"[^\"]*\"\)|\{#.*?#\}",
    re.DOTALL,
)
"""What a template says in the language of the page."""


def forms() -> Iterator[tuple[str, str]]:
    """Every form that posts, with the file it stands in."""
    for file in templates():
        for form in FORM.findall(file.read_text()):
            yield name(file), form


def test_every_post_form_carries_the_csrf_token():
    found = list(forms())
    assert len(found) > 40
    assert [(file, form[:90]) for file, form in found if "{% csrf_token %}" not in form] == []


def test_every_post_form_is_safe_to_send_twice():
    bare = {file for file, form in forms() if not KEY.search(form)}
    assert sorted(bare - set(WITHOUT_KEY)) == []


def test_no_exemption_is_left_over():
    bare = {file for file, form in forms() if not KEY.search(form)}
    assert sorted(set(WITHOUT_KEY) - bare) == []


def test_no_style_and_no_script_inside_a_page():
    inline = re.compile(
        r'\sstyle="|\son(click|change|submit|load|input)="|<style|<script(?![^>]*\b(src|nonce)=)'
    )
    assert [name(one) for one in templates() if inline.search(one.read_text())] == []


def test_nothing_is_fetched_from_another_site():
    remote = re.compile(r'(src|href|action)="(https?:)?//')
    assert [name(one) for one in templates() if remote.search(one.read_text())] == []


def test_no_chinese_mark_stands_between_translated_words():
    marks = re.compile("[\u3001\u3002\u300a-\u3011\uff00-\uffef]")
    assert [name(one) for one in templates() if marks.search(SAID.sub("", one.read_text()))] == []


INSIDE_A_LINE = re.compile(r"<(p|span|strong|a|h\d)\b[^>]*>(?:(?!</\1>).)*?\|typed", re.DOTALL)


def test_what_was_typed_stands_in_no_paragraph():
    """It is paragraphs itself: a browser ends the one around it, and the rest loses its look."""
    inside = [name(file) for file in templates() if INSIDE_A_LINE.search(file.read_text())]
    assert inside == []


STILL = re.compile(r"\{% still %\}(.*?)\{% endstill %\}", re.DOTALL)
PLAIN = re.compile(r'\{% (?:trans|url|static|icon) "[^"]*"(?: label=_\("[^"]*"\))? %\}')


def test_what_is_kept_for_everybody_depends_on_nothing_that_anybody_brings():
    found = [(file, part) for file in templates() for part in STILL.findall(file.read_text())]
    assert len(found) > 5
    left = [(name(file), PLAIN.sub("", part)) for file, part in found]
    assert [one for one in left if "{%" in one[1] or "{{" in one[1]] == []


LONGEST = 300
"""Bytes: a Han character is as wide as two others."""


def test_lines_of_templates_can_be_read_without_scrolling():
    lines = [
        (len(line.encode()), f"{name(path)}:{number}")
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]
    assert [one for one in lines if one[0] > LONGEST] == []
