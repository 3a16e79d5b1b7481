"""Asking for work, what comes of it, who sees it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from keti.jobs import actions, queries
from keti.jobs.actions import Asker, Wanted, performing
from keti.jobs.actions.asking import MOST_WAITING
from keti.jobs.enums import JobState
from keti.jobs.models import Job
from keti.jobs.tests.waiting import WAITING
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused


class Course:
    """Work that goes as a test wants it."""

    def __init__(self):
        self.done = []
        self.trouble = None

    def __call__(self, running):
        self.done.append(running.job.key)
        running.tell(1, 2)
        if self.trouble:
            raise self.trouble
        return f"/made/{running.job.key}/"


@pytest.fixture
def course(monkeypatch):
    made = Course()
    monkeypatch.setitem(performing._kinds, "tests.course", performing.Kind(made, 5))
    return made


@pytest.fixture
def waiting(settings):
    settings.TASKS = WAITING


NOBODY = Asker()


def ask(key, by=NOBODY):
    wanted = Wanted("tests.course", key, Text("一件事", "A piece of work"), place="/p/cast/")
    return actions.ask(wanted, by)


def test_without_a_worker_it_is_done_at_once(cast, course):
    job = ask("one")
    assert (job.state, job.result, course.done) == (JobState.DONE, "/made/one/", ["one"])
    assert actions.progress_of(job.public_id) is None


def test_what_waits_already_is_joined(cast, course, waiting):
    assert ask("one").pk == ask("one").pk != ask("two").pk
    assert course.done == []
    assert actions.work(idle=0.01) == 2
    assert course.done == ["one", "two"]


def test_what_is_over_is_asked_for_anew(cast, course):
    assert ask("one").pk != ask("one").pk


def test_inside_it_is_done_at_once(cast, course, waiting):
    with actions.at_once():
        assert ask("one").state == JobState.DONE
    assert ask("two").state == JobState.QUEUED


def test_a_refusal_is_final_and_tells_its_facts(cast, course):
    course.trouble = Refused("jobs.too-many", count=3, who=Text("甲", "A"))
    job = ask("one")
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, "jobs.too-many", 1)
    assert job.why_facts == {"count": 3, "who": Text("甲", "A")}


def test_trouble_is_tried_again_later_and_then_told(cast, course, waiting):
    course.trouble = OSError("the disk is full")
    job = ask("one")
    for attempt in (1, 2):
        actions.work(idle=0.01)
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.QUEUED, attempt)
        assert job.not_before > job.started_at
        Job.objects.update(not_before=job.asked_at)
    actions.work(idle=0.01)
    job.refresh_from_db()
    assert (job.state, job.error, job.why_facts) == ("failed", "jobs.broke", {"times": 3})
    course.trouble = None
    assert actions.ask_again(job).attempts == 0
    assert actions.work(idle=0.01) == 1
    assert actions.ask_again(job).state == JobState.DONE


def test_what_was_asked_for_anew_is_not_tried_again_beside_it(cast, course, waiting):
    course.trouble = Refused("jobs.too-many", count=3)
    old = ask("one")
    actions.work(idle=0.01)
    new = ask("one")
    old.refresh_from_db()
    assert actions.ask_again(old) == new
    assert Job.objects.filter(state=JobState.QUEUED).count() == 1


def test_a_kind_nobody_knows_fails_with_words(cast):
    job = actions.ask(Wanted("tests.unheard-of", "k", Text("无")), Asker())
    assert (job.state, job.error) == (JobState.FAILED, "jobs.unknown-kind")


def test_one_person_may_not_fill_the_queue(cast, course, waiting):
    by = Asker(cast.lu.person, cast.programme)
    for number in range(MOST_WAITING):
        ask(f"k{number}", by)
    with pytest.raises(Refused) as refused:
        ask("more", by)
    assert refused.value.code == "jobs.too-many"
    assert ask("k1", by) and ask("more", Asker(cast.mao.person))


def test_old_work_is_forgotten(cast, course):
    old, new = ask("old"), ask("new")
    Job.objects.filter(pk=old.pk).update(finished_at=new.finished_at - timedelta(days=31))
    actions.sweep()
    assert list(Job.objects.all()) == [new]


def test_the_interface_tells_how_a_job_stands(cast, course, waiting):
    job = ask("one")
    task = performing.perform
    assert task.get_backend().get_result(job.public_id).status == "READY"
    later = job.asked_at + timedelta(hours=1)
    task.using(run_after=later).enqueue(job.public_id)
    assert not queries.due(job.asked_at).exists()
    assert queries.due(later).get() == job


class TestPages:
    def page(self, job):
        return reverse("jobs:job", args=[job.public_id])

    def test_it_is_seen_by_who_asked_and_by_nobody_else(self, cast, course, waiting):
        job = ask("one", Asker(cast.lu.person, cast.programme))
        assert cast.lu.client.get(self.page(job)).status_code == 200
        again = reverse("jobs:again", args=[job.public_id])
        for other in (cast.mao, cast.qin, cast.gao, cast.wu):
            assert other.client.get(self.page(job)).status_code == 404
            assert other.client.post(again, {"key": "k"}).status_code == 404
        assert Client().get(self.page(job)).status_code == 302
        nobodys = ask("two")
        assert cast.lu.client.get(self.page(nobodys)).status_code == 404

    @pytest.mark.parametrize(("lang", "words"), [("zh-hans", "等待办理"), ("en", "Waiting")])
    def test_it_waits_with_and_without_script(self, cast, course, waiting, lang, words):
        job = ask("one", Asker(cast.lu.person))
        page = cast.lu.client.get(self.page(job), headers={"accept-language": lang})
        text = page.content.decode()
        assert words in text
        assert f'<noscript><p><a class="button" href="{self.page(job)}">' in text
        assert f'hx-get="{self.page(job)}"' in text

    def test_done_it_leads_to_the_result(self, cast, course):
        job = ask("one", Asker(cast.lu.person))
        answer = cast.lu.client.get(self.page(job))
        assert (answer.status_code, answer.url) == (302, "/made/one/")
        asked = cast.lu.client.get(self.page(job), headers={"hx-request": "true"})
        assert 'data-lead="/made/one/"' in asked.content.decode()

    def test_failed_it_says_why_and_may_be_tried_again(self, cast, course):
        course.trouble = Refused("jobs.too-many", count=3)
        job = ask("one", Asker(cast.lu.person))
        text = cast.lu.client.get(self.page(job)).content.decode()
        assert "您已有 3 项在等待办理" in text
        course.trouble = None
        answer = cast.lu.client.post(reverse("jobs:again", args=[job.public_id]), {"key": "k"})
        assert answer.url == self.page(job)
        assert cast.lu.client.get(self.page(job)).url == "/made/one/"
