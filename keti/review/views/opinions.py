"""Papers of the votes: a decider's own sheet, to be signed by hand; all of them, once decided."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keti.documents.doors import give_out, paper_file
from keti.documents.rules.forms import FOUR, Row, heads, pair, sign_line, wide
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Box, Grid
from keti.groups.doors import enter
from keti.groups.queries import labels_on_paper
from keti.kernel.fingerprints import short
from keti.kernel.refusals import sentence
from keti.kernel.templatetags.keti_dates import deadline_text, when_text
from keti.review import permissions, queries, rules
from keti.review.doors import View, fetch, opinions
from keti.review.models import Decision
from keti.review.queries import Decider

TO_WRITE = 12
"""So many lines an opinion may take that is written by hand."""
VOTE_WIDTHS = (5, 24, 14, 42, 15)


def sheet(request: HttpRequest, slug: str, gate_id: str, form: str) -> HttpResponse:
    """评审意见表 of the visitor's own seat, while the gate is open: to be filled in and signed.
    Nobody takes that of another."""
    door = enter(request, slug)
    view = View(door, fetch(door, gate_id))
    own = view.own
    if own is None or not view.is_open or view.sole:
        raise Http404
    return paper_file(request, _sheet(view, own), form, door.asker)


def _sheet(view: View, own: Decider) -> Paper:
    door, gate, lang = view.door, view.gate, view.door.lang
    versions = "\n".join(
        _("{title} 第 {n} 版（{sha}）").format(
            title=pin.title.in_(lang), n=pin.version, sha=short(pin.sha256)
        )
        for pin in view.pins
    )
    due = deadline_text(gate.obligation.due_instant, door.programme.tz, lang)
    rows: list[Row] = [
        pair(_("评审人"), own.seat.called.in_(lang), _("请于此前提交"), due),
        wide(_("评审材料"), versions),
        wide(_("利益冲突声明"), _declared(own, lang)),
        wide(_("结论"), "　　".join(_boxes(view, own))),
        wide(_("评审意见"), own.opinion.comment if own.opinion else "", _signed(view, own),
             room=0 if own.opinion else TO_WRITE),
    ]  # fmt: skip
    return Paper(
        kind="form",
        title=_("评审意见表"),
        lang=tongue(lang),
        subtitle=gate.title.in_(lang),
        issuer=door.programme.title.in_(lang),
        number=_("第 {n} 轮　{sha}").format(n=gate.round, sha=short(gate.review_set)),
        day=door.programme.local(gate.opened_at or door.now).date(),
        body=(Grid(tuple(rows), FOUR),),
        demo=door.programme.is_demo,
    )


def _declared(own: Decider, lang: str) -> str:
    """What was declared, else the boxes to tick."""
    if own.aside:
        return _("回避：{why}").format(why=sentence(own.aside, {}, lang))
    if own.declared is not None:
        return _("声明没有利益冲突。")
    return _("□ 没有利益冲突　□ 有，应当回避：")


def _boxes(view: View, own: Decider) -> list[str]:
    """The outcomes on offer; the one that was chosen is marked."""
    given = own.opinion.outcome if own.opinion else ""
    offered = rules.votable(view.spec, rules.on_offer(view.spec, view.gate.turn))
    return [
        f"{'☑' if one.key == given else '□'} {one.title.in_(view.door.lang)}" for one in offered
    ]


def _signed(view: View, own: Decider) -> str:
    if own.opinion is None:
        return sign_line(view.door.lang)
    at = when_text(own.opinion.happened_at, view.door.programme.tz, view.door.lang)
    return f"{own.seat.called.in_(view.door.lang)}　{at}"


def copy(request: HttpRequest, slug: str, gate_id: str, number: int, seat_id: str) -> FileResponse:
    """The marked copy of one opinion, byte for byte: it bears names."""
    door = enter(request, slug)
    gate = fetch(door, gate_id)
    found = (one for one in queries.given(gate) if one.round == number and one.file)
    one = next((one for one in found if one.seat.public_id == seat_id), None)
    if one is None or one.file is None:
        raise Http404
    if not permissions.reads_copy(door.sight, one, queries.decisions(gate)):
        raise Http404
    return give_out(one.file)


def votes(request: HttpRequest, slug: str, gate_id: str, number: int, form: str) -> HttpResponse:
    """评审意见汇总表 of one round, once it is decided, for who reads names and opinions."""
    door = enter(request, slug)
    view = View(door, fetch(door, gate_id))
    made = next((one for one in queries.decisions(view.gate) if one.round == number), None)
    if made is None or not permissions.reads_opinions(door.sight, made):
        raise Http404
    return paper_file(request, _votes(view, made), form, door.asker)


def _votes(view: View, made: Decision) -> Paper:
    door, lang, count = view.door, view.door.lang, made.record["count"]
    every = rules.votable(view.spec, view.spec.outcomes)
    titles = {one.key: one.title.in_(lang) for one in every}
    given, called = opinions(door, made, titles), labels_on_paper(door.programme, lang)
    top = heads(_("序号"), _("评审人"), _("结论"), _("评审意见"), _("办理方式"))
    rows: list[Row] = [
        (
            Box(str(place), label=True), Box(one["who"]), Box(one["verdict"]), Box(one["text"]),
            Box(_("据签字原件代录") if one["on_behalf"] else _("本人提交")),
        )
        for place, one in enumerate(given, start=1)
    ]  # fmt: skip
    rows += [
        (Box("—", label=True), Box(called(one["label"])), Box(_("回避")),
         Box(sentence(one["aside"], {}, lang)), Box(""))
        for one in made.record["deciders"] if one["aside"]
    ]  # fmt: skip
    told = _("应到 {seats} 人，法定 {needed} 人，回避 {aside} 人，表决 {cast} 人。").format(
        **{key: count[key] for key in ("seats", "needed", "aside", "cast")}
    )
    result = _("结论：{outcome}（{number}）").format(
        outcome=made.title.in_(lang), number=made.number
    )
    last = (Box(f"{told}\n{result}", across=len(VOTE_WIDTHS), sign=sign_line(lang)),)
    local = door.programme.local(made.happened_at)
    return Paper(
        kind="table",
        title=_("评审意见汇总表"),
        lang=tongue(lang),
        subtitle=view.gate.title.in_(lang),
        issuer=door.programme.title.in_(lang),
        number=_("第 {n} 轮　{sha}").format(n=made.round, sha=short(made.review_set)),
        date=printed_day(local, lang),
        day=local.date(),
        body=(Grid((top, *rows, last), VOTE_WIDTHS, heads=1),),
        demo=door.programme.is_demo,
    )
