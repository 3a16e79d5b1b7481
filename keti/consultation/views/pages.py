"""Pages of the comment rounds."""

from dataclasses import replace

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keti.consultation import actions, permissions, queries, rules
from keti.consultation.enums import Disposition, RoundState
from keti.consultation.forms import AnswerForm, CloseForm, NoRemarksForm, RemarkForm
from keti.consultation.models import Comment, Round
from keti.documents.doors import paper_file, sheet
from keti.documents.rules.html import many_to_html, shown_under
from keti.documents.rules.written import as_body, form_of
from keti.duties.models import Obligation
from keti.duties.queries import by_id, number_of
from keti.groups.doors import Door, attempt, enter, why_not
from keti.groups.models import Seat
from keti.kernel.refusals import Refused
from keti.monitoring.doors import raise_link
from keti.reports.doors import picture_of
from keti.reports.queries import paper
from keti.reports.rules import words_of

NONE_ID = "none_%s"
"""The fields of the second form of the page have ids of their own."""
MARKS = {"": "none", "adopted": "done", "partly": "doing", "declined": "waived"}


def _round_door(request: HttpRequest, slug: str, round_id: str) -> tuple[Door, Round]:
    door = enter(request, slug)
    found = door.read(
        ("consultation.round",), lambda door, one: queries.with_id(door.sight, one), round_id
    )
    if not found:
        raise Http404
    return door, found[0]


def _duty_door(request: HttpRequest, slug: str, duty_id: str) -> tuple[Door, Obligation]:
    door = enter(request, slug)
    duty = by_id(door.programme, duty_id)
    if duty is None or duty.form != actions.FORM or not permissions.takes_part(door.seat):
        raise Http404
    return door, duty


@require_http_methods(["GET", "POST"])
def for_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The round of this duty, or the page on which it is opened."""
    door, duty = _duty_door(request, slug, duty_id)
    found = queries.round_of(duty)
    if found:
        return HttpResponseRedirect(found.path)
    form = CloseForm(request.POST or None, request.FILES or None, door=door)
    refused = None
    if request.method == "POST" and form.is_valid():
        made, refused = attempt(
            lambda: actions.open_round(door.act_from(form), obligation=duty), form
        )
        if made is not None:
            return HttpResponseRedirect(made.path)
    version = queries.subject_version(duty)
    subject = queries.subject_duty(duty)
    context = {
        "door": door,
        "now": door.now,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "subject": subject.title.in_(door.lang) if subject else "",
        "version": version,
        "form": form,
        "whynot": why_not(door, lambda: permissions.may_open(door.act(), duty))
        or ("" if version else _nothing_yet(subject or duty, door.lang)),
        "refusal": refused.sentence(door.lang) if refused else "",
    }
    return render(request, "consultation/open.html", context, status=422 if refused else 200)


def _nothing_yet(subject: Obligation, lang: str) -> str:
    """Why no round can be opened: the text was not handed in yet."""
    return Refused("consultation.nothing-to-discuss", subject=subject.title).sentence(lang)


@require_GET
def round(request: HttpRequest, slug: str, round_id: str) -> HttpResponse:
    """The text, the comments, what became of them."""
    door, found = _round_door(request, slug, round_id)
    return _page(request, door, found)


def _places(door: Door, round: Round) -> list[str]:
    key = "title_en" if door.lang == "en" else "title_zh"
    return [one[key] or one["title_zh"] for one in round.version.sections]


def _page(
    request: HttpRequest,
    door: Door,
    found: Round,
    refused: Refused | None = None,
    form: RemarkForm | None = None,
    none: NoRemarksForm | None = None,
) -> HttpResponse:
    texts = [as_body(words_of(one, door.lang), form_of(one)) for one in found.version.sections]
    pages = many_to_html(texts, 3, shown_under(found.path)) if texts else []
    comments = queries.comments_of(found)
    is_open = found.state == RoundState.OPEN
    answers = [one.disposition for one in comments]
    whynot = why_not(door, lambda: permissions.may_dispose(door.act(), found))
    context = {
        "door": door,
        "now": door.now,
        "round": found,
        "title": found.title.in_(door.lang),
        "number": number_of(found.obligation),
        "subject": found.version.report.title.in_(door.lang),
        "blocks": [
            {"anchor": f"part-{place}", "title": title, "html": mark_safe(page)}
            for place, (title, page) in enumerate(
                zip(_places(door, found), pages, strict=True), start=1
            )
        ],
        "comments": [_comment(one, is_open and not whynot) for one in comments],
        "tally": [
            (Disposition(value).label, MARKS[value], count)
            for value, count in rules.tally(answers).items()
        ],
        "open": is_open,
        "until": queries.open_until(found),
        "takes": is_open and door.now < queries.open_until(found),
        "form": form or RemarkForm(door=door, places=_places(door, found)),
        "receives": not why_not(door, lambda: permissions.may_receive(door.act(), found)),
        "close": CloseForm(door=door),
        "raise_link": raise_link(door, found.subject(), found.obligation.group),
        "not_yet": queries.may_end(found, door.now).sentence(door.lang) if is_open else "",
        "closes": is_open
        and not why_not(door, lambda: permissions.may_close(door.act(), found.obligation)),
        "waiting": rules.waiting(answers),
        "refusal": refused.sentence(door.lang) if refused else "",
        **_silent(door, found, none),
    }
    wrong = refused is not None or any(one and one.errors for one in (form, none))
    return render(request, "consultation/round.html", context, status=422 if wrong else 200)


def _silent(door: Door, round: Round, form: NoRemarksForm | None) -> dict[str, object]:
    """Who has no remarks, and whether the acting seat may say so, for itself or for others."""
    said = queries.without_remarks(round)
    own = next((one for one in said if one.seat_id == door.seat.pk), None)
    may = not why_not(door, lambda: permissions.may_comment(door.act(), round))
    form = form or NoRemarksForm(door=door, auto_id=NONE_ID)
    speaks = own is not None or queries.has_spoken(round, door.seat)
    return {
        "silent": said,
        "own_silence": own if may else None,
        "none": form if may and (form.for_others or not speaks) else None,
    }


def _comment(one: Comment, answerable: bool) -> dict[str, object]:
    initial = {"disposition": one.disposition, "reason": one.reason}
    return {
        "it": one,
        "mark": MARKS[one.disposition],
        "state": Disposition(one.disposition).label,
        "form": AnswerForm(initial=initial, auto_id=f"c{one.number}_%s") if answerable else None,
    }


@require_POST
def comment(request: HttpRequest, slug: str, round_id: str) -> HttpResponse:
    """Say something about the text."""
    door, found = _round_door(request, slug, round_id)
    form = RemarkForm(request.POST, request.FILES, door=door, places=_places(door, found))
    if not form.is_valid():
        return _page(request, door, found, None, form)
    made, refused = attempt(
        lambda: actions.comment(door.act_from(form), round=found, remark=form.remark()), form
    )
    if made is None:
        return _page(request, door, found, refused, form)
    return HttpResponseRedirect(f"{found.path}#c{made.number}")


@require_POST
def no_remarks(request: HttpRequest, slug: str, round_id: str) -> HttpResponse:
    """Say that one has no remarks."""
    door, found = _round_door(request, slug, round_id)
    form = NoRemarksForm(request.POST, request.FILES, door=door, auto_id=NONE_ID)
    if not form.is_valid():
        return _page(request, door, found, none=form)
    done, refused = attempt(lambda: actions.no_remarks(door.act_from(form), round=found), form)
    if done is None:
        return _page(request, door, found, refused, none=form)
    return HttpResponseRedirect(f"{found.path}#none")


@require_POST
def dispose(request: HttpRequest, slug: str, round_id: str, number: int) -> HttpResponse:
    """Answer one comment."""
    door, found = _round_door(request, slug, round_id)
    wanted = next((one for one in queries.comments_of(found) if one.number == number), None)
    form = AnswerForm(request.POST)
    if wanted is None:
        raise Http404
    if not form.is_valid():
        return _page(request, door, found, Refused("consultation.choose-an-answer"))
    facts = form.cleaned_data
    done, refused = attempt(
        lambda: actions.dispose(
            door.act(facts["key"]),
            comment=wanted,
            disposition=facts["disposition"],
            reason=facts["reason"],
        )
    )
    if done is None:
        return _page(request, door, found, refused)
    return HttpResponseRedirect(f"{found.path}#c{number}")


@require_POST
def close(request: HttpRequest, slug: str, round_id: str) -> HttpResponse:
    """End the round."""
    door, found = _round_door(request, slug, round_id)
    form = CloseForm(request.POST, request.FILES, door=door)
    if not form.is_valid():
        return _page(request, door, found)
    done, refused = attempt(
        lambda: actions.close_round(door.act_from(form), obligation=found.obligation), form
    )
    if done is None:
        return _page(request, door, found, refused)
    return HttpResponseRedirect(found.path)


@require_GET
def summary(request: HttpRequest, slug: str, round_id: str) -> HttpResponse:
    """意见汇总处理表: every comment and what became of it."""
    door, found = _round_door(request, slug, round_id)
    header = [_("序号"), _("章节"), _("原文"), _("意见"), _("提出者"), _("处理"), _("理由")]
    comments, silent = queries.comments_of(found), queries.without_remarks(found)
    rows = [_line(one) for one in comments]
    rows += [["", "", "", _("无意见"), _who(one.seat), "", ""] for one in silent]
    total = _("共 %(said)s 条意见，%(none)s 个席位无意见") % {
        "said": len(comments),
        "none": len(silent),
    }
    rows.append(["", "", "", total, "", "", ""])
    title = _("意见汇总处理表")
    name = f"{title}-{found.title.in_(door.lang)}"
    return sheet(title, header, rows, "xlsx", name=name, created=found.closed_at or door.now)


def _line(one: Comment) -> list[str | int]:
    said = one.text
    if one.proposed:
        said = said + "\n" + _("建议改为：{text}").format(text=one.proposed)
    who = f"{_('公众')} {one.sender}" if one.sender else _who(one.seat)
    state = str(Disposition(one.disposition).label)
    return [one.number, one.place or str(_("全文")), one.original, said, who, state, one.reason]


def _who(seat: Seat) -> str:
    return f"{seat.group.title_zh} {seat.label}"


@require_GET
def table(request: HttpRequest, slug: str, round_id: str, form: str) -> HttpResponse:
    """征求意见汇总处理表 as a Word file or PDF, as it stands now."""
    door, found = _round_door(request, slug, round_id)
    made = queries.table(found, door.lang, door.now)
    return paper_file(request, made, form, door.asker, moves=found.state == RoundState.OPEN)


@require_GET
def text(request: HttpRequest, slug: str, round_id: str, form: str) -> HttpResponse:
    """The version under discussion as a Word file or PDF."""
    door, found = _round_door(request, slug, round_id)
    made = paper(found.version, door.lang)
    made = replace(made, number=number_of(found.obligation) or made.number)
    return paper_file(request, made, form, door.asker)


@require_GET
def picture(request: HttpRequest, slug: str, round_id: str, sha256: str) -> FileResponse:
    """A picture of the version under discussion."""
    _door, found = _round_door(request, slug, round_id)
    return picture_of(found.version, sha256)
