"""What stands on channels: what everybody in it agrees to, and down when somebody no longer."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from keti.consents.actions import withdraw_consent
from keti.consents.enums import Purpose
from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.media import permissions, queries
from keti.media.actions import (
    Posted,
    leave_up,
    mend_posting,
    name_speaker,
    post_on,
    take_down,
    withdraw_posting,
    withdraw_recording,
)
from keti.media.models import Posting
from keti.media.tests.reaching import NOW, channel
from keti.media.tests.scene import agree, entered, shown
from tests.cast import seen_by

WHERE = Posted("https://example.org/shown", date(2030, 8, 19), terms="署名、不得改编")


def code(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


@pytest.fixture
def later(cast):
    cast.at(NOW)
    return cast


def put(cast, where, film=None, posted=WHERE, **more):
    return post_on(cast.qin.act(), channel=where, posted=replace(posted, **more), recording=film)


def no_longer(player, purpose):
    withdraw_consent(
        player.act(), programme=player.seat.programme, person=player.person, purpose=purpose
    )


def owed(cast):
    return Obligation.objects.filter(programme=cast.programme, kind="media.takedown")


def test_only_what_is_approved_and_everybody_agrees_to_is_put_on_a_channel(later):
    here, far = channel(later), channel(later, "外台（演示）", abroad=True)
    draft = entered(later)
    assert code(lambda: put(later, here, draft)) == "media.not-approved"
    film = shown(later, later.mao)
    assert code(lambda: put(later, here, film)) == "media.disagree-public", "inside is not public"
    agree(later.mao, Purpose.BROADCAST)
    one = put(later, here, film)
    assert (one.title, one.stands) == (film.title, True)
    assert code(lambda: put(later, far, film, link="https://example.org/far")) == (
        "media.disagree-abroad"
    )
    agree(later.mao, Purpose.ABROAD)
    put(later, far, film, link="https://example.org/far")
    assert code(lambda: put(later, here, film)) == "media.posted-already"
    assert code(lambda: put(later, here)) == "media.title-needed"
    assert code(lambda: put(later, here, title="文", link="")) == "media.posted-where"
    ahead = {"title": "文", "link": "https://example.org/t", "day": date(2030, 8, 21)}
    assert code(lambda: put(later, here, **ahead)) == "media.posted-ahead"
    stranger = code(lambda: post_on(later.lu.act(), channel=here, posted=WHERE))
    assert stranger == "media.only-the-secretariat"
    put(later, here, title="一篇文字", link="https://example.org/t")
    assert Posting.objects.count() == 3


def test_who_takes_consent_back_makes_the_secretariat_owe_the_takedown_and_is_not_named(later):
    film = shown(later, later.mao)
    agree(later.mao, Purpose.BROADCAST)
    one = put(later, channel(later), film)
    assert not owed(later).exists()
    no_longer(later.mao, Purpose.BROADCAST)
    assert list(queries.must_go(later.programme)) == [one]
    duty = owed(later).get()
    assert duty.seat == later.qin.seat and later.mao.person.name not in duty.title.zh
    assert code(lambda: leave_up(later.qin.act(), posting=one)) == "media.must-go"
    early = code(
        lambda: take_down(later.qin.act(), posting=one, day=date(2030, 8, 18), reason="撤。")
    )
    assert early == "media.down-when"
    take_down(later.qin.act(), posting=one, day=date(2030, 8, 20), reason="出镜人撤回同意。")
    duty.refresh_from_db()
    assert (duty.state, duty.with_id) == ("met", one.public_id)
    assert not queries.must_go(later.programme).exists()
    assert code(lambda: mend_posting(later.qin.act(), posting=one, posted=WHERE)) == (
        "media.posting-gone"
    )
    line = Entry.objects.get(kind="media.posting.down")
    assert line.content["facts"]["day"] == "2030-08-20"


def test_who_agrees_again_lets_it_stay_and_may_take_it_back_again(later):
    film = shown(later, later.mao)
    agree(later.mao, Purpose.BROADCAST)
    one = put(later, channel(later), film)
    no_longer(later.mao, Purpose.BROADCAST)
    agree(later.mao, Purpose.BROADCAST)
    leave_up(later.qin.act(), posting=one)
    assert code(lambda: leave_up(later.qin.act(), posting=one)) == "media.nothing-owed"
    no_longer(later.mao, Purpose.BROADCAST)
    assert [row.state for row in owed(later).order_by("pk")] == ["cancelled", "open"]


def test_a_speaker_named_later_and_a_recording_taken_away_are_owed_too(later):
    first, second = shown(later), shown(later, later.mao)
    agree(later.mao, Purpose.BROADCAST)
    where = channel(later)
    one = put(later, where, first)
    other = put(later, where, second, link="https://example.org/2")
    name_speaker(later.qin.act(), recording=first, name="来宾丁（演示）")
    assert [row.subject_id for row in owed(later)] == [one.public_id]
    withdraw_recording(later.qin.act(), recording=second, reason="会场录错了。")
    assert owed(later).count() == 2
    withdraw_posting(later.qin.act(), posting=other, reason="从没有发布过。")
    assert [row.state for row in owed(later).order_by("pk")] == ["open", "cancelled"]


def test_only_who_sees_the_recording_sees_where_it_stands(later):
    film = shown(later, later.mao)
    agree(later.mao, Purpose.BROADCAST)
    put(later, channel(later), film)
    watcher = next(one for one in later.players.values() if one.seat and one.seat.can("watch"))

    def seen(player):
        rows = Posting.objects.all()
        return permissions.postings_in_sight(seen_by(player.seat), rows, player.person).count()

    assert (seen(later.qin), seen(watcher), seen(later.lu)) == (1, 1, 0)
    no_longer(later.mao, Purpose.RECORDING)
    assert (seen(later.qin), seen(watcher)) == (1, 0)


def test_the_pages_enter_mend_and_take_down(later):
    def at(name, *more):
        return reverse(f"media:{name}", args=[later.programme.slug, *more])

    client = later.qin.client
    assert "还没有渠道" in client.get(at("post")).content.decode()
    film = shown(later, later.mao)
    where = channel(later)
    facts = {
        "key": "k1", "channel": where.public_id, "recording": film.public_id, "title": "",
        "link": "https://example.org/p", "day": "2030-08-19", "terms": "<b>署名</b>",
    }  # fmt: skip
    refused = client.post(at("post"), facts)
    assert refused.status_code == 422 and "1 位出镜人没有同意" in refused.content.decode()
    agree(later.mao, Purpose.BROADCAST)
    assert client.post(at("post"), facts | {"key": "k2"}).status_code == 302
    assert client.post(at("post"), facts | {"key": "k2"}).status_code == 302
    one = Posting.objects.get()
    page = at("posting", one.public_id)
    assert "<b>署名" not in client.get(page).content.decode()
    mended = {"key": "k3", "title": "改过", "link": one.link, "day": "2030-08-18", "terms": ""}
    assert client.post(page, mended).status_code == 302
    no_longer(later.mao, Purpose.BROADCAST)
    listed = client.get(at("postings"), {"state": "must"}).content.decode()
    assert "改过" in listed and "须撤下" in listed
    duty = owed(later).get()
    assert client.get(at("takedown_for", duty.public_id)).headers["Location"] == page
    down = at("take_down", one.public_id)
    assert client.post(down, {"key": "k4", "day": "", "reason": "撤。"}).status_code == 422
    sent = {"key": "k5", "day": "2030-08-20", "reason": "出镜人撤回同意。"}
    assert later.lu.client.post(down, sent).status_code == 404
    assert client.post(down, sent).status_code == 302
    assert "已撤下" in client.get(page).content.decode()
    assert later.lu.client.get(page).status_code == 404
    assert b"\xe6\x94\xb9\xe8\xbf\x87" in b"".join(client.get(at("postings_export", "csv")))
