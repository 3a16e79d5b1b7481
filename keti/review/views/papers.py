"""Papers of a gate: the sign-off sheet, the decision, and the pinned inputs to read."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from keti.charter.queries import compiled
from keti.documents.actions import path_of
from keti.documents.doors import give_picture, paper_file
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.schema import files_of, read
from keti.documents.rules.html import many_to_html, shown_under
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import Body, as_body
from keti.duties.models import Filing
from keti.duties.queries import body_of
from keti.groups.doors import Door, enter
from keti.groups.queries import able, labels_on_paper
from keti.kernel.addresses import absolute
from keti.kernel.fingerprints import short
from keti.kernel.templatetags.keti_dates import deadline_text, when_text
from keti.meetings.queries import meetings
from keti.reports.doors import picture_of
from keti.reports.models import Version
from keti.reports.queries import paper as report_paper
from keti.reports.queries import version_by_id
from keti.reports.rules import told
from keti.review import permissions, queries, rules
from keti.review.doors import View, fetch
from keti.review.models import Decision, Gate, Input


def sheet(request: HttpRequest, slug: str, gate_id: str, form: str) -> HttpResponse:
    """The sign-off sheet of an open gate on one A4 page, as a PDF or Word file."""
    door = enter(request, slug)
    view = View(door, fetch(door, gate_id))
    reads = view.manages or view.own is not None
    if not (view.spec.sign_off and view.is_open and reads):
        raise Http404
    return paper_file(request, sheet_paper(view), form, door.asker)


def sheet_paper(view: View) -> Paper:
    """Conclusion first: what is put up for decision, on which version, by when."""
    door, gate = view.door, view.gate
    lang, pins = door.lang, permissions.pinned(gate)
    names = _("、").join(pin.title.in_(lang) for pin in pins)
    deciders = _("、").join(one.seat.called.in_(lang) for one in view.bench.deciders)
    versions = _("；").join(
        _("{title} 第 {n} 版（{sha}）").format(
            title=pin.title.in_(lang), n=pin.version, sha=short(pin.sha256)
        )
        for pin in pins
    )
    due = deadline_text(gate.obligation.due_instant, door.programme.tz, lang)
    facts = (
        (_("审定事项"), gate.title.in_(lang)),
        (_("审定版本"), versions),
        (_("由谁审定"), deciders),
        (_("请于此前签批"), due),
        (_("回避声明"), _("□ 没有利益冲突　□ 有，应当回避：")),
    )
    return Paper(
        kind="sheet",
        title=gate.title.in_(lang),
        lang=tongue(lang),
        subtitle=door.programme.title.in_(lang),
        date=printed_day(door.programme.local(door.now), lang),
        day=door.programme.local(door.now).date(),
        issuer=_presenter(door),
        facts=facts,
        body=_grounds(view),
        version=short(gate.review_set),
        conclusion=_("提请审定{names}。").format(names=names),
        choices=tuple(one.title.in_(lang) for one in rules.on_offer(view.spec, gate.turn)),
        qr=absolute(gate.path),
        demo=door.programme.is_demo,
    )


def _presenter(door: Door) -> str:
    """Who puts the sheet before the decider: the unit that keeps the secretariat."""
    seats = able(door.programme, "manage", door.now)
    return seats[0].holder.called.in_(door.lang) if seats else door.programme.title.in_(door.lang)


def _grounds(view: View) -> Body:
    """What was decided before on the same inputs: the panel's outcome and its reasons."""
    keys = set(view.spec.inputs)
    charter = compiled(view.door.programme)
    kin = [one.key for one in charter.gates if keys & set(one.inputs) and one.key != view.gate.key]
    earlier = Decision.objects.filter(gate__programme=view.door.programme, gate__key__in=kin)
    lines = []
    for one in earlier.select_related("gate", "gate__group").order_by("gate__order", "round"):
        if not permissions.reads_votes(view.door.sight, one):
            continue
        count = one.record["count"]
        lines.append(
            _(
                "{gate}：{outcome}（{number}，应到 {seats} 人，回避 {aside} 人，"
                "表决 {cast} 人）。"
            ).format(
                gate=one.gate.title.in_(view.door.lang), outcome=one.title.in_(view.door.lang),
                number=one.number, seats=count["seats"], aside=count["aside"], cast=count["cast"],
            )
            + " ".join(one.reasons.split())
        )  # fmt: skip
    return as_body("\n\n".join(lines))


def decision(request: HttpRequest, slug: str, gate_id: str, number: int, form: str) -> HttpResponse:
    """The decision of one round, as a PDF or Word file."""
    door = enter(request, slug)
    view = View(door, fetch(door, gate_id))
    made = next((one for one in queries.decisions(view.gate) if one.round == number), None)
    if made is None or form not in ("pdf", "docx"):
        raise Http404
    return paper_file(request, decision_paper(view, made), form, door.asker)


def _votes(view: View, made: Decision) -> list[tuple[str, str]]:
    """How the votes fell, as a line of the decision; nothing for whoever stood aside."""
    if not permissions.reads_votes(view.door.sight, made):
        return []
    count = made.record["count"]
    every = rules.votable(view.spec, view.spec.outcomes)
    titles = {one.key: one.title.in_(view.door.lang) for one in every}
    votes = "，".join(f"{titles.get(key, key)} {n}" for key, n in count["votes"].items())
    told = _("应到 {seats} 人，法定 {needed} 人，表决 {cast} 人（{votes}）").format(
        votes=votes, **{key: count[key] for key in ("seats", "needed", "cast")}
    )
    return [(_("表决"), told)]


def decision_paper(view: View, made: Decision) -> Paper:
    """Number, outcome, version, count, who stood aside, the opinion. One who decides alone signs
    and seals; a panel has no seal: everybody who sat signs."""
    door, gate, lang = view.door, view.gate, view.door.lang
    called = labels_on_paper(door.programme, lang)
    aside = [called(one["label"]) for one in made.record["deciders"] if one["aside"]]
    sat = [called(one["label"]) for one in made.record["deciders"] if not one["aside"]]
    panel = len(made.record["deciders"]) > 1
    pins = gate.inputs.filter(round=made.round).order_by("number")
    judged = [
        _("{title} 第 {n} 版").format(title=pin.title.in_(lang), n=pin.version) for pin in pins
    ]
    facts = [
        (_("结论"), made.title.in_(lang)),
        (_("评审对象"), _("；").join(judged)),
        (_("版本校验码"), short(made.review_set)),
        *_votes(view, made),
        (_("回避"), _("、").join(aside) or _("无")),
        (_("决定时间"), when_text(made.happened_at, door.programme.tz, lang)),
    ]  # fmt: skip
    if made.on_behalf:
        facts.append((_("办理方式"), _("据签字原件代录")))
    return Paper(
        kind="notice",
        title=_("{title}决定书").format(title=_without_verdict(gate.title.in_(lang))),
        lang=tongue(lang),
        number=made.number,
        date=printed_day(door.programme.local(made.happened_at), lang),
        day=door.programme.local(made.happened_at).date(),
        issuer=compiled(door.programme).issuer(gate.kind).name.in_(lang),
        signatory="" if panel else made.seat.called.in_(lang),
        parties=tuple(sat) if panel else (),
        seal_place=not panel,
        facts=tuple(facts),
        body=as_body(told(made.reasons, made.points or ())),
        demo=door.programme.is_demo,
    )


def _without_verdict(title: str) -> str:
    """立项决定 is decided by a 立项决定书, whatever group the title names behind it."""
    head, dot, group = title.partition(" · ")
    return f"{head.removesuffix('决定') or head}{dot}{group}"


def pinned(request: HttpRequest, slug: str, gate_id: str, place: str) -> HttpResponse:
    """The pinned version of one input, to read."""
    door = enter(request, slug)
    one, pin = _pin(door, gate_id, place)
    version = _version(door, pin)
    filing = None
    if pin.subject_kind == "duties.filing":
        filing = Filing.objects.filter(programme=door.programme, public_id=pin.subject_id).first()
    paper, here = report_paper(version, door.lang) if version else None, request.path
    context = {
        "door": door,
        "gate": one,
        "pin": pin,
        "title": pin.title.in_(door.lang),
        "gate_title": one.title.in_(door.lang),
        "by": pin.author.called.in_(door.lang) if pin.author else "",
        "paper": paper,
        "chapters": _chapters(paper, here) if paper else _text_of(filing, here, door.lang),
        "lines": filing.lines if filing else [],
        "said": one.request.reason if pin.subject_kind == "review.request" else "",
        "minutes_url": _minutes(door, pin),
        "file_url": f"{request.path}file/" if pin.file else "",
        "paper_url": request.path if version else "",
        "version": version,
    }
    return render(request, "review/pinned.html", context)


def _text_of(filing: Filing | None, here: str, lang: str) -> list[dict[str, Any]]:
    """The text of what was handed in as a file, where it has one."""
    if filing is None or filing.text is None:
        return []
    page = many_to_html([body_of(filing, lang)], source=shown_under(here))[0]
    return [{"title": "", "authors": "", "html": mark_safe(page)}]


def _version(door: Door, pin: Input) -> Version | None:
    """The version of a report that is pinned; None for any other input."""
    if pin.subject_kind != "reports.version":
        return None
    return version_by_id(door.programme, pin.subject_id)


def pinned_paper(
    request: HttpRequest, slug: str, gate_id: str, place: str, form: str
) -> HttpResponse:
    """The pinned version of a report as the paper it prints, with its hash, whatever came after."""
    door = enter(request, slug)
    _gate, pin = _pin(door, gate_id, place)
    version = _version(door, pin)
    if version is None:
        raise Http404
    return paper_file(request, report_paper(version, door.lang), form, door.asker)


def _minutes(door: Door, pin: Input) -> str:
    """Where the confirmed minutes that are judged stand; they do not change any more."""
    if pin.subject_kind != "meetings.meeting":
        return ""
    found = meetings(door.programme).filter(public_id=pin.subject_id).first()
    return found.path if found else ""


def _chapters(paper: Paper, here: str) -> list[dict[str, Any]]:
    source = shown_under(here)
    if not paper.chapters:
        whole = many_to_html([paper.body], source=source)[0]
        return [{"title": "", "authors": "", "html": mark_safe(whole)}]
    texts = many_to_html([one.body for one in paper.chapters], 3, source)
    return [
        {"title": one.title, "authors": _("、").join(one.authors), "html": mark_safe(text)}
        for one, text in zip(paper.chapters, texts, strict=True)
    ]


def picture(request: HttpRequest, slug: str, gate_id: str, place: str, sha256: str) -> FileResponse:
    """A picture of the pinned version of one input."""
    door = enter(request, slug)
    _gate, pin = _pin(door, gate_id, place)
    version = _version(door, pin)
    if version is not None:
        return picture_of(version, sha256)
    found = Filing.objects.filter(programme=door.programme, public_id=pin.subject_id).first()
    shown = files_of(read(found.doc)) if found and found.doc else []
    if sha256 not in shown:
        raise Http404
    return give_picture(door.programme, sha256)


def pinned_file(request: HttpRequest, slug: str, gate_id: str, place: str) -> FileResponse:
    """The file of a pinned input."""
    door = enter(request, slug)
    _gate, pin = _pin(door, gate_id, place)
    if pin.file is None:
        raise Http404
    return _stored(pin.file)


def _pin(door: Door, gate_id: str, place: str) -> tuple[Gate, Input]:
    one = fetch(door, gate_id)
    number, _dash, order = place.partition("-")
    found = one.inputs.filter(round=int(number or 0), number=int(order or 0))
    pin = found.select_related(
        "gate", "gate__programme", "gate__group", "file", "author__role", "author__person",
        "author__organisation",
    ).first()  # fmt: skip
    if pin is None or not permissions.reads_input(door.sight, pin):
        raise Http404
    return one, pin


def scan(request: HttpRequest, slug: str, gate_id: str, number: int) -> FileResponse:
    """The signed paper behind a decision: for the secretariat, deciders and who sees everything."""
    door = enter(request, slug)
    one = fetch(door, gate_id)
    made = next((each for each in queries.decisions(one) if each.round == number), None)
    if made is None or made.evidence is None:
        raise Http404
    if not permissions.reads_opinions(door.sight, made):
        raise Http404
    return _stored(made.evidence)


def _stored(file: StoredFile) -> FileResponse:
    handle = path_of(file.sha256).open("rb")
    return FileResponse(handle, as_attachment=True, filename=file.name, content_type=file.mime)
