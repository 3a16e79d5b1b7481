"""Closing, drawing up, publishing, withdrawing: what happens, and what is refused."""

import hashlib
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from keti.consents.models import Consent
from keti.documents.actions import read
from keti.duties.actions import waive
from keti.duties.enums import DutyState
from keti.kernel.acts import Subject
from keti.ledger.queries import entries, public_key
from keti.ledger.rules import read_checkpoint, read_note
from keti.monitoring.actions import raise_finding
from keti.notify.models import Message
from keti.programmes.models import Programme
from keti.programmes.queries import living
from keti.release import queries
from keti.release.actions import (
    Form,
    close_programme,
    correct_entry,
    draw_up_roll,
    finish_programme,
    publish,
    retract,
)
from keti.release.models import Artefact, Publication, Roll, RollRow
from keti.release.tests.ending import Walk, refused
from keti.reports.actions import save_draft, send_back, submit_report
from keti.reports.models import Version
from keti.reports.rules import Content
from tests.cast import Cast


def names(roll: Roll, lang: str = "zh-hans") -> list[str]:
    groups = queries.roll_groups(queries.printed(roll), lang)
    return [entry for group in groups for entry in group.entries]


def test_closing_waits_for_gates_and_findings(cast: Cast, walk: Walk) -> None:
    walk.to_the_panel()
    duty = cast.duty("wind_up")
    early = refused(lambda: close_programme(cast.qin.act("2030-07-11T09:00"), obligation=duty))
    assert early.code == "release.cannot-close-yet"
    assert early.sentence() == "还不能办理结题：“最终评审”还没有决定。"
    walk.judged("end@core", "2030-07-12", "gao", outcome="close")
    raise_finding(
        cast.ji.act("2030-07-13T09:00"),
        programme=cast.programme,
        subject=duty.subject(),
        group=None,
        title="缺附件",
        text="请补附件。",
        severity="ordinary",
    )
    held = refused(lambda: close_programme(cast.qin.act("2030-07-14T09:00"), obligation=duty))
    assert held.sentence() == "还不能办理结题：还有 1 条监控意见没有核销。"
    assert "Findings still open: 1" in held.sentence("en")
    duty.refresh_from_db()
    assert duty.state == DutyState.OPEN


def test_closing_is_numbered_and_meets_its_duty(cast: Cast, walk: Walk) -> None:
    walk.to_the_end()
    closure = walk.close()
    assert closure.number == "测结题〔2030〕1号"
    assert closure.counts == {"met": 11, "waived": 0, "gates": 5, "findings": 0}
    duty = cast.duty("wind_up")
    assert (duty.state, duty.with_id) == (DutyState.MET, closure.public_id)
    line = entries(cast.programme).last()
    assert line is not None
    assert (line.kind, line.content["facts"]["number"]) == (
        "release.programme.closed",
        "测结题〔2030〕1号",
    )
    again = refused(lambda: close_programme(cast.qin.act("2030-07-16T09:00"), obligation=duty))
    assert again.code == "release.already-closed"
    assert Programme.objects.get(pk=cast.programme.pk).closed_at is None


@pytest.mark.parametrize("who", ["fang", "he", "ji", "ren", "gao"])
def test_only_the_secretariat_ends_a_programme(cast: Cast, walk: Walk, who: str) -> None:
    walk.to_the_end()
    act = cast.players[who].act("2030-07-15T10:00")
    for verb, kind in (
        (close_programme, "wind_up"),
        (draw_up_roll, "names"),
        (publish, "go_public"),
    ):
        refusal = refused(lambda verb=verb, kind=kind: verb(act, obligation=cast.duty(kind)))
        assert refusal.code == "duties.not-yours"
    stranger = replace(act, by=cast.wu.person)
    outside = refused(lambda: close_programme(stranger, obligation=cast.duty("wind_up")))
    assert outside.code == "groups.not-your-seat"


def test_the_roll_names_units_and_persons_who_agree(cast: Cast, walk: Walk) -> None:
    walk.consents("lu", "he", "tao")
    draft = queries.proposed(cast.programme, cast.qin.act("2030-07-16T10:00").recorded_at)
    roll = walk.roll()
    assert names(roll) == [
        "秘书：测试秘书处（演示）",
        "执笔人：陶教授（演示），陶氏研究所（演示）",
        "组长：卢组长（演示），卢氏研究所（演示）",
        "组长：何组长（演示），何氏研究所（演示）",
    ]
    groups = [group.title for group in queries.roll_groups(queries.printed(roll), "en")]
    assert groups == [
        "Units: Core group",
        "Persons: Core group",
        "Persons: Red cell",
        "Persons: Blue cell",
    ]
    reasons = {one.name: one.code for one in draft.left_out}
    assert reasons["秦秘书（演示）"] == "release.delegate-no-consent"
    assert reasons["毛研究员（演示）"] == "release.no-consent"
    assert roll.left_out == len(draft.left_out) == 10
    line = entries(cast.programme).last()
    assert line is not None
    assert line.content["facts"] == {
        "edition": 1,
        "units": 1,
        "persons": 3,
        "left_out": 10,
        "sha256": roll.sha256,
    }


def test_a_delegate_who_agrees_is_named_with_the_unit(cast: Cast, walk: Walk) -> None:
    walk.consents("qin")
    assert names(walk.roll()) == ["秘书：测试秘书处（演示），代表人 秦秘书（演示）"]


def test_a_withdrawn_consent_takes_the_name_out(cast: Cast, walk: Walk) -> None:
    walk.consents("lu", "he", "qin")
    roll = walk.roll()
    at = cast.qin.act("2030-07-17T10:00").recorded_at
    Consent.objects.filter(person__in=[cast.lu.person, cast.qin.person]).update(withdrawn_at=at)
    assert names(roll) == ["秘书：测试秘书处（演示）", "组长：何组长（演示），何氏研究所（演示）"]
    assert RollRow.objects.filter(roll=roll).count() == 3


def test_a_corrected_entry_shows_in_the_next_edition(cast: Cast, walk: Walk) -> None:
    walk.consents("mao", "mi")
    first = walk.roll()
    assert [one.split("，")[0] for one in names(first)[1:]] == [
        "组员：毛研究员（演示）",
        "组员：米研究员（演示）",
    ]
    form = Form("米某（演示）", "Mi (demo)", "研究员", 0)
    correct_entry(
        cast.qin.act("2030-07-16T11:00"),
        obligation=cast.duty("names"),
        seat=cast.mi.seat,
        form=form,
    )
    second = walk.roll("2030-07-16T12:00")
    assert second.edition == 2
    assert [one.split("，")[0] for one in names(second)[1:]] == [
        "组员：米某（演示） 研究员",
        "组员：毛研究员（演示）",
    ]
    assert names(second, "en")[1] == "Hand: Mi (demo), 研究员, 米氏研究所（演示）"
    assert [one.split("，")[0] for one in names(first)[1:]] == [
        "组员：毛研究员（演示）",
        "组员：米研究员（演示）",
    ]
    for who in ("lu", "mi"):
        refusal = refused(
            lambda who=who: correct_entry(
                cast.players[who].act("2030-07-16T13:00"),
                obligation=cast.duty("names"),
                seat=cast.mi.seat,
                form=form,
            )
        )
        assert refusal.code == "duties.not-yours"


def test_a_seat_that_ended_is_named_as_former_and_a_holder_once(cast: Cast, walk: Walk) -> None:
    walk.consents("mao", "mi")
    seat = cast.mao.seat
    assert seat is not None
    seat.ends_at = cast.qin.act("2030-06-01T10:00").recorded_at
    seat.save()
    assert [one.split("，")[0] for one in names(walk.roll())[1:]] == [
        "组员（曾任）：毛研究员（演示）",
        "组员：米研究员（演示）",
    ]
    seat.pk, seat.public_id, seat.ends_at = None, "x" * 26, None
    seat.save()
    assert [one.split("，")[0] for one in names(walk.roll("2030-07-16T11:00"))[1:]] == [
        "组员：毛研究员（演示）",
        "组员：米研究员（演示）",
    ]


def test_publishing_keeps_what_was_approved(cast: Cast, walk: Walk, real_press: None) -> None:
    approved = walk.to_the_end()
    walk.consents("lu")
    walk.close()
    walk.roll()
    before = entries(cast.programme).count()
    out = walk.publish()
    assert (out.number, out.slug, out.title_zh) == ("测发布〔2030〕1号", "cast", "总报告")
    assert (out.version_id, out.sha256) == (approved.pk, approved.sha256)
    assert out.gate_zh == "最终评审"
    assert read_checkpoint(out.checkpoint).size == before
    assert read_note(out.checkpoint).signed_by(public_key())
    paper = queries.final_paper(cast.programme, "zh")
    assert paper is not None
    assert ("存证公钥", f"{public_key().name} {public_key().short()}") in paper.colophon
    lines = [one for one in entries(cast.programme) if one.kind.startswith("release.report.")]
    assert [one.kind for one in lines] == ["release.report.published", "release.report.produced"]
    line = lines[-1]
    kept = {
        f"{one.form}.{one.language}": hashlib.sha256(read(one.file)).hexdigest()
        for one in Artefact.objects.filter(publication=out).select_related("file")
    }
    assert line.content["facts"]["files"] == kept
    assert sorted(kept) == [
        "docx.en",
        "docx.zh-hans",
        "html.zh-hans",
        "pdf.en",
        "pdf.zh-hans",
    ]
    assert sorted(queries.artefacts(out)) == ["docx", "html", "pdf"]
    told = Message.objects.filter(programme=cast.programme, kind="release.published")
    assert told.count() == 13
    assert cast.duty("go_public").state == DutyState.MET
    published = queries.published(cast.programme)
    assert published is not None
    assert published.pk == out.pk


def test_a_byline_without_consent_names_the_group(cast: Cast, walk: Walk) -> None:
    walk.to_the_end()
    walk.consents("lu")
    walk.close()
    walk.roll()
    walk.publish()
    paper = queries.final_paper(cast.programme, "zh-hans")
    assert paper is not None
    assert [(one.title, one.authors) for one in paper.chapters] == [
        ("总论", ("核心组",)),
        ("红组", ("卢组长（演示）",)),
        ("蓝组", ("蓝组",)),
    ]
    shown = queries.page_of(queries.publications()[0], "zh-hans")
    assert shown is not None
    assert "何组长" not in shown.html


def test_publishing_waits_for_gate_closing_and_roll(cast: Cast, walk: Walk) -> None:
    walk.to_the_panel()
    early = refused(lambda: walk.publish("2030-07-10T10:00"))
    assert early.sentence() == (
        "还不能发布：须先完成“办理结题”（秘书 · 核心组），或者写明理由免办；"
        "须先完成“名册”（秘书 · 核心组），或者写明理由免办；"
        "“总报告”还没有经“最终评审”通过。"
    )
    walk.judged("end@core", "2030-07-12", "gao", outcome="close")
    walk.close()
    waive(cast.qin.act("2030-07-16T10:00"), obligation=cast.duty("names"), reason="无人入册")
    assert walk.publish().roll is None


def test_an_unapproved_version_is_refused(cast: Cast, walk: Walk) -> None:
    approved = walk.to_the_end()
    walk.close()
    walk.roll()
    report = approved.report
    send_back(cast.qin.act("2030-07-16T11:00"), report=report, reason="补图")
    report.refresh_from_db()
    save_draft(
        cast.tao.act("2030-07-16T12:00"),
        report=report,
        content=Content({"frame": "改过的。"}, ()),
        base=report.revision,
    )
    newer = submit_report(cast.tao.act("2030-07-16T13:00"), report=report)
    assert newer.number == 2
    for version in (None, newer):
        refusal = refused(
            lambda version=version: publish(
                cast.qin.act("2030-07-18T10:00"),
                obligation=cast.duty("go_public"),
                version=version,
            )
        )
        assert refusal.sentence() == ("还不能发布：第 2 版没有经“最终评审”通过，通过的是第 1 版。")
    assert not Publication.objects.exists()
    out = publish(
        cast.qin.act("2030-07-18T10:00"), obligation=cast.duty("go_public"), version=approved
    )
    assert out.version.number == 1


def test_publishing_twice_gives_one_publication(cast: Cast, walk: Walk) -> None:
    walk.to_the_end()
    walk.close()
    walk.roll()
    first = walk.publish(key="k1")
    assert walk.publish(key="k1").pk == first.pk
    second = refused(lambda: walk.publish(key="k2"))
    assert second.sentence() == "报告已经发布，文号 测发布〔2030〕1号。"
    assert Publication.objects.count() == 1
    kinds = [one.kind for one in entries(cast.programme)]
    assert kinds.count("release.report.published") == 1


def test_withdrawn_with_a_reason_and_published_again(cast: Cast, walk: Walk) -> None:
    out = walk.published()
    act = cast.qin.act("2030-07-19T10:00")
    assert refused(lambda: retract(act, publication=out, reason=" ")).code == "duties.give-a-reason"
    lead = cast.lu.act("2030-07-19T10:00")
    assert refused(lambda: retract(lead, publication=out, reason="错")).code == (
        "groups.only-the-secretariat"
    )
    retract(act, publication=out, reason="数据有误")
    assert queries.published(cast.programme) is None
    assert cast.duty("go_public").state == DutyState.RETURNED
    assert refused(lambda: retract(act, publication=out, reason="错")).code == (
        "release.already-retracted"
    )
    again = walk.publish("2030-07-20T10:00")
    assert (again.number, again.slug) == ("测发布〔2030〕2号", "cast")


def test_a_programme_is_over_when_nothing_is_owed(cast: Cast, walk: Walk) -> None:
    out = walk.published()
    assert list(living()) == [cast.programme]
    act = cast.qin.act("2030-07-19T10:00")
    held = refused(lambda: finish_programme(act, programme=cast.programme))
    assert (held.code, held.facts["count"]) == ("release.still-owed", 33)
    for duty in queries.owed(cast.programme):
        waive(act, obligation=duty, reason="试")
    assert finish_programme(act, programme=cast.programme).closed_at == act.recorded_at
    assert list(living()) == []
    retract(cast.qin.act("2030-07-20T10:00"), publication=out, reason="错")
    assert list(living()) == [cast.programme]


def test_the_database_keeps_what_went_out(cast: Cast, walk: Walk) -> None:
    out = walk.published()
    changes = [
        lambda: Publication.objects.filter(pk=out.pk).update(sha256="0" * 64),
        lambda: Publication.objects.filter(pk=out.pk).update(number="x"),
        lambda: Publication.objects.filter(pk=out.pk).delete(),
        lambda: RollRow.objects.update(name_zh="x"),
        lambda: Roll.objects.update(sha256="0" * 64),
        lambda: Artefact.objects.update(form="x"),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_duty_of_another_form_is_refused(cast: Cast) -> None:
    duty = cast.duty("names")
    act = cast.qin.act("2030-07-15T10:00")
    assert refused(lambda: close_programme(act, obligation=duty)).sentence() == (
        "“名册”不在这里办理。"
    )


def test_what_may_go_out_is_the_version_the_last_gate_pinned(cast: Cast, walk: Walk) -> None:
    approved = walk.to_the_end()
    walk.close()
    walk.roll()
    pins = walk.gate("end@core").inputs
    assert list(pins.values_list("sha256", flat=True)) == [approved.sha256]
    assert Version.objects.filter(sha256=approved.sha256).count() == 1
    assert queries.approval(cast.duty("go_public")).version == approved


def test_a_subject_names_the_page(cast: Cast, walk: Walk) -> None:
    out = walk.published()
    assert out.subject() == Subject(
        "release.publication", out.public_id, "总报告 测发布〔2030〕1号", "/published/cast/"
    )
