"""Recordings and subtitles through their pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keti.consents.enums import Purpose
from keti.consents.models import Consent
from keti.media.models import Recording, Speaker, SubtitleReview, SubtitleVersion
from keti.media.rules.cues import read, to_srt, to_vtt
from keti.media.tests.scene import CUES, agree, entered, shown, subtitled
from keti.reports.tests.conftest import PDF

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 8


def at(name, cast, *more):
    return reverse(f"media:{name}", args=[cast.programme.slug, *more])


def html(answer):
    return answer.content.decode()


def test_a_recording_is_entered_with_its_film_and_played_in_parts(cast):
    facts = {"key": "k1", "title": "会议录像", "day": "2030-01-05", "minutes": "61.5"}
    missing = cast.qin.client.post(at("new", cast), facts)
    assert missing.status_code == 422
    assert "请写网址，或者上传文件" in html(missing) and "会议录像" in html(missing)
    wrong = SimpleUploadedFile("会议.pdf", PDF, "application/pdf")
    refused = cast.qin.client.post(at("new", cast), facts | {"key": "k2", "file": wrong})
    assert "不是录音录像" in html(refused)
    film = SimpleUploadedFile("会议.mp4", MP4, "video/mp4")
    made = cast.qin.client.post(at("new", cast), facts | {"key": "k3", "file": film})
    assert made.status_code == 302
    one = Recording.objects.get()
    assert (one.seconds, one.file.mime) == (3690, "video/mp4")
    place = at("film", cast, one.public_id)
    whole = cast.qin.client.get(place)
    assert b"".join(whole) == MP4 and whole["Content-Length"] == str(len(MP4))
    part = cast.qin.client.get(place, headers={"Range": "bytes=24-27"})
    assert (part.status_code, b"".join(part)) == (206, MP4[24:28])
    assert part["Content-Range"] == f"bytes 24-27/{len(MP4)}"
    tail = cast.qin.client.get(place, headers={"Range": "bytes=-5"})
    assert b"".join(tail) == MP4[-5:]
    beyond = cast.qin.client.get(place, headers={"Range": f"bytes={len(MP4)}-"})
    assert beyond.status_code == 416
    odd = cast.qin.client.get(place, headers={"Range": "lines=1-2"})
    assert odd.status_code == 200
    assert cast.lu.client.get(place).status_code == 404


def test_without_consent_no_page_shows_anything_of_it(cast):
    one = entered(cast, title="只有秘书处看得到的录像")
    cast.qin.client.post(
        at("name_speaker", cast, one.public_id),
        {"key": "k1", "person": cast.mao.person.public_id, "name": ""},
    )
    assert (
        cast.qin.client.post(at("approve", cast, one.public_id), {"key": "k2"}).status_code == 302
    )
    subtitled(cast, one)
    places = [
        at("recording", cast, one.public_id),
        at("track", cast, one.public_id, "zh"),
        at("subtitles", cast, one.public_id, "zh", "vtt"),
        at("film", cast, one.public_id),
    ]
    for place in places:
        assert cast.lu.client.get(place).status_code == 404, place
    for form in ("csv", "xlsx"):
        told = cast.lu.client.get(at("export", cast, form))
        assert "只有秘书处".encode() not in b"".join(told)
    assert "只有秘书处看得到" not in html(cast.lu.client.get(at("recordings", cast)))
    found = cast.lu.client.get(at("recordings", cast), {"q": "各位来宾"})
    assert "只有秘书处看得到" not in html(found)
    assert cast.mao.client.get(places[0]).status_code == 200
    mine = cast.mao.client.get(at("mine", cast))
    assert "只有秘书处看得到的录像" in html(mine)
    said = {"key": "k3", "purpose": "recording", "do": "give"}
    assert cast.mao.client.post(at("answer", cast), said).status_code == 302
    assert cast.lu.client.get(places[0]).status_code == 200
    assert cast.lu.client.get(places[2]).status_code == 404, "nobody reviewed the subtitles"
    gone = {"key": "k4", "purpose": "recording", "do": "withdraw"}
    assert cast.mao.client.post(at("answer", cast), gone).status_code == 302
    assert cast.lu.client.get(places[0]).status_code == 404
    wrong = {"key": "k5", "purpose": "roll", "do": "give"}
    assert cast.mao.client.post(at("answer", cast), wrong).status_code == 404


def test_what_a_guest_signed_is_recorded_with_the_paper(cast):
    one = shown(cast)
    named = {"key": "k1", "person": "", "name": "来宾乙（演示）"}
    assert cast.qin.client.post(at("name_speaker", cast, one.public_id), named).status_code == 302
    who = Speaker.objects.get()
    page = at("speaker", cast, one.public_id, who.public_id)
    assert cast.lu.client.get(page).status_code == 404
    said = {"key": "k2", "purpose": "broadcast", "do": "give"}
    bare = cast.qin.client.post(page, said)
    assert bare.status_code == 422 and not Consent.objects.exists()
    paper = SimpleUploadedFile("同意书.pdf", PDF, "application/pdf")
    assert cast.qin.client.post(page, said | {"evidence": paper, "key": "k3"}).status_code == 302
    made = Consent.objects.get()
    assert (made.person, made.purpose) == (who.person, Purpose.BROADCAST)
    paper = SimpleUploadedFile("撤回.pdf", PDF + b" ", "application/pdf")
    away = said | {"key": "k4", "do": "withdraw", "evidence": paper}
    assert cast.qin.client.post(page, away).status_code == 302
    made.refresh_from_db()
    assert made.withdrawn_at is not None
    gone = {"key": "k5", "reason": "没有发言。"}
    remove = at("remove_speaker", cast, one.public_id, who.public_id)
    assert cast.qin.client.post(remove, gone).status_code == 302
    assert cast.qin.client.get(page).status_code == 404


def test_subtitles_are_edited_as_text_and_nobody_overwrites_another(cast):
    one = shown(cast, cast.mao)
    track = at("track", cast, one.public_id, "en")
    assert cast.lu.client.get(track).status_code == 404, "there are none yet"
    typed = {"key": "k1", "base": "0", "cues": "WEBVTT\n\n00:01.000 -> 00:02.000\nHello"}
    bad = cast.qin.client.post(track, typed)
    assert bad.status_code == 422
    assert "没有保存任何改动" in html(bad) and "Hello" in html(bad)
    good = typed | {"key": "k2", "cues": to_vtt(CUES)}
    assert cast.qin.client.post(track, good).status_code == 302
    assert cast.qin.client.post(track, good).status_code == 302, "sent twice, saved once"
    late = cast.qin.client.post(track, good | {"key": "k3", "cues": to_vtt(CUES[:1])})
    assert late.status_code == 422 and "第 1 版" in html(late)
    assert SubtitleVersion.objects.count() == 1


def test_a_file_is_imported_and_a_hostile_one_refused_in_words(cast):
    one = shown(cast, cast.mao)
    subtitled(cast, one, "en")
    file = SimpleUploadedFile("a.srt", to_srt(CUES[:1]).encode("gb18030"), "text/plain")
    place = at("import", cast, one.public_id, "en")
    assert cast.qin.client.post(place, {"key": "k4", "base": "1", "file": file}).status_code == 302
    for data in (b"MZ\x90\x00" + b"\x00" * 60, b"nothing at all", b"\x00\x01\x02"):
        file = SimpleUploadedFile("b.srt", data, "text/plain")
        hostile = cast.qin.client.post(place, {"key": f"h{len(data)}", "base": "2", "file": file})
        assert hostile.status_code == 422, data
    newest = SubtitleVersion.objects.order_by("-number").first()
    assert (newest.number, newest.how, newest.read()) == (2, "imported", CUES[:1])
    earlier = f"{at('subtitles', cast, one.public_id, 'en', 'srt')}?version=1"
    assert read(html(cast.qin.client.get(earlier))) == CUES
    assert cast.lu.client.get(earlier).status_code == 404, "nobody reviewed it"


def test_subtitles_are_moved_reviewed_and_given_out(cast):
    one = shown(cast, cast.mao)
    subtitled(cast, one, "en")
    track = at("track", cast, one.public_id, "en")
    shift = at("shift", cast, one.public_id, "en")
    moved = {"key": "k5", "base": "1", "seconds": "1.25", "first": "1"}
    assert cast.qin.client.post(shift, moved).status_code == 302
    assert cast.qin.client.post(shift, moved).status_code == 302
    newest = SubtitleVersion.objects.order_by("-number").first()
    assert (newest.number, newest.read()[0].start) == (2, 2250)
    away = cast.qin.client.post(shift, moved | {"key": "k6", "base": "2", "seconds": "-9"})
    assert away.status_code == 422 and "一条也没有移动" in html(away)
    review = at("review", cast, one.public_id, "en")
    own = cast.qin.client.post(review, {"key": "k7", "base": "2", "note": ""})
    assert own.status_code == 422
    assert "未审校" in html(cast.mao.client.get(track))
    assert cast.mao.client.post(review, {"key": "k8", "base": "2", "note": "对"}).status_code == 302
    assert SubtitleReview.objects.get().by == cast.mao.person
    for form in ("vtt", "srt"):
        given = cast.lu.client.get(at("subtitles", cast, one.public_id, "en", form))
        assert read(html(given)) == newest.read()
    earlier = f"{at('subtitles', cast, one.public_id, 'en', 'srt')}?version=1"
    assert read(html(cast.lu.client.get(earlier))) == newest.read(), "reviewed ones alone"
    typed = {"key": "k9", "base": "2", "cues": to_vtt(CUES)}
    assert cast.lu.client.post(track, typed).status_code == 422
    assert "第 1 版" in html(cast.qin.client.get(f"{track}?version=1"))


def test_pages_of_strangers_do_not_exist(cast):
    one = shown(cast)
    for name, more in (
        ("recordings", ()),
        ("mine", ()),
        ("recording", (one.public_id,)),
        ("track", (one.public_id, "zh")),
    ):
        assert cast.wu.client.get(at(name, cast, *more)).status_code == 404
    assert cast.lu.client.get(at("mend", cast, one.public_id)).status_code == 404
    assert cast.lu.client.post(at("new", cast), {"key": "x"}).status_code in (200, 422)
    assert cast.qin.client.get(at("track", cast, one.public_id, "fr")).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_in_both_languages(cast, language):
    one = shown(cast, cast.mao)
    subtitled(cast, one)
    agree(cast.mao, Purpose.BROADCAST)
    client = cast.qin.client
    client.cookies["keti_language"] = language
    for place in (
        at("recordings", cast),
        at("recording", cast, one.public_id),
        at("track", cast, one.public_id, "zh"),
        at("track", cast, one.public_id, "en"),
        at("mine", cast),
        at("new", cast),
        at("mend", cast, one.public_id),
    ):
        assert client.get(place).status_code == 200, place
