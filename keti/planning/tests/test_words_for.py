"""Shares in words, clauses under the numbers of the notice, a founding called by its title."""

import pytest
from django import forms
from django.test import Client

from keti.jobs.models import Job
from keti.kernel.refusals import Refused
from keti.planning.forms.inputs import Share
from keti.planning.rules.clauses import MOST, numbered
from keti.planning.tests.test_pages import account, begun, settle, token, what

__all__ = ["token"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2/3", "2/3"),
        ("三分之二", "2/3"),
        ("过半数", "1/2"),
        ("75%", "3/4"),
        ("四人", "4"),
        (" 4 ", "4"),
        ("0.5", "0.5"),
        ("", ""),
    ],
)
def test_a_share_is_read_in_figures_and_in_words(typed: str, read: str) -> None:
    assert Share(required=False).clean(typed) == read


def test_what_is_no_share_is_refused_with_an_example() -> None:
    for typed in ("多数吧", "1/0"):
        with pytest.raises(forms.ValidationError, match="2/3"):
            Share().clean(typed)


def keys(notice: str) -> list[str]:
    return [row.split("\t")[0] for row in numbered(notice).splitlines()[1:]]


def test_the_first_heading_of_a_notice_is_clause_one() -> None:
    notice = "某协会文件\n关于调查的通知\n各有关单位：\n一、目的。\n二、安排。五个月。\n某协会"
    assert keys(notice) == ["0.1", "0.2", "0.3", "1", "2", "2.1", "2.2"]


def test_without_headings_the_first_sentence_is_clause_one() -> None:
    assert keys("各有关单位：\n请于月底前报名。") == ["1", "1.1"]


@pytest.mark.django_db
@pytest.mark.usefixtures("empty_house")
def test_a_founding_is_called_by_the_title_of_its_programme(client: Client, token: str) -> None:
    client.post("/start/", account(token))
    url = begun(client, "template:association-standard")
    client.post(f"{url}step/what/", what(client, url, **{"title.zh": "乡村学校调查"}))
    settle(client, url)
    client.post(f"{url}step/check/", {"key": "n"})
    job = Job.objects.get()
    assert job.title.in_("zh") == "建立课题（乡村学校调查）"


def test_a_notice_longer_than_is_taken_is_said_and_cut_nowhere():
    assert numbered("一句。" * MOST).count("一句。") == MOST
    with pytest.raises(Refused) as refused:
        numbered("一句。" * (MOST + 1))
    assert refused.value.facts == {"count": MOST + 1, "most": MOST}
