"""The other languages of a report, beside its own words."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from keti.groups.doors import Door, attempt, why_not
from keti.kernel.refusals import Refused
from keti.reports import actions, permissions, queries, rules
from keti.reports.forms import TranslationForm
from keti.reports.models import Report
from keti.reports.views.beside import carried, to_cite
from keti.reports.views.doors import draft_door


@require_http_methods(["GET", "POST"])
def translation(request: HttpRequest, slug: str, report_id: str, lang: str) -> HttpResponse:
    """One language of a draft: each section beside its original, marked where the original was
    changed after it was translated."""
    door, report = draft_door(request, slug, report_id)
    keys = queries.editions_of(report.obligation).get(lang)
    if keys is None:
        raise Http404
    spec = queries.spec_of(report.obligation)
    form = TranslationForm(
        request.POST or None,
        sections=[one for one in spec.sections if one.key in keys],
        held=rules.translation_of((report.translations or {}).get(lang)),
        source=queries.content_of(report),
        lang=door.lang,
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        act = door.act(form.cleaned_data["key"])
        saved, refused = attempt(
            lambda: actions.save_translation(
                act,
                report=report,
                lang=lang,
                content=form.content(),
                known=form.known(),
                checked=form.checked(),
            )
        )
        if saved is not None:
            return HttpResponseRedirect(f"{report.path}translation/{lang}/?saved=1")
    return _page(request, door, report, lang, form, refused)


def _page(
    request: HttpRequest,
    door: Door,
    report: Report,
    lang: str,
    form: TranslationForm,
    refused: Refused | None,
) -> HttpResponse:
    wrong = refused is not None or bool(form.is_bound and form.errors)
    context = {
        "door": door,
        "now": door.now,
        "report": report,
        "title": report.title.in_(door.lang),
        "tongue": lang,
        "form": form,
        "references": to_cite(report),
        "carried": carried(form),
        "theirs": refused is not None and refused.code == "reports.stale-translation",
        "whynot": why_not(door, lambda: permissions.may_edit(door.act(), report)),
        "refusal": refused.sentence(door.lang) if refused else "",
        "saved": "saved" in request.GET and not form.is_bound,
    }
    return render(request, "reports/translation.html", context, status=422 if wrong else 200)
