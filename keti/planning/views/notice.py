"""The original of the notice: shown to every seat, put there by the secretariat."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.charter.queries import in_force
from keti.documents.actions import path_of
from keti.groups.doors import attempt, enter
from keti.planning.actions import attach_notice
from keti.planning.forms import NoticeForm
from keti.planning.permissions import may_attach


def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """Which scan stands beside the charter in force; the secretariat puts another in its place."""
    door = enter(request, slug)
    form = NoticeForm(
        request.POST or None, request.FILES or None, keeper=door.person, moment=door.now
    )
    if request.method == "POST" and form.is_valid():
        act, upload = door.act(form.cleaned_data["key"]), form.upload()
        made, refused = attempt(
            lambda: attach_notice(act, programme=door.programme, upload=upload) if upload else None
        )
        if made is not None:
            messages.success(request, _("通知原件已上传，已记入办理记录。"))
            return HttpResponseRedirect(f"/p/{slug}/charter/")
        form.add_error("notice", refused.sentence(door.lang) if refused else "")
    context = {
        "door": door,
        "version": in_force(door.programme),
        "form": form,
        "may_attach": may_attach(door.act(), door.programme),
        "zone": door.programme.zone,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "planning/notice.html", context, status=status)


def notice_file(request: HttpRequest, slug: str) -> FileResponse:
    """The scan itself."""
    door = enter(request, slug)
    file = in_force(door.programme).notice
    if file is None:
        raise Http404
    return FileResponse(
        path_of(file.sha256).open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.mime,
    )
