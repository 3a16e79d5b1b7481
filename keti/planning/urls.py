from django.urls import path

from keti.planning.views import (
    amendments,
    charter,
    drafts,
    entries,
    lists,
    notice,
    papers,
    rehearsal,
    start,
    steps,
    trial,
)

app_name = "planning"
D = "drafts/<str:draft_id>/"
P = "p/<slug:slug>/charter/"
urlpatterns = [
    path("start/", start.start, name="start"),
    path("start/new/", steps.origins, name="new"),
    path("start/trial/<slug:slug>/delete/", trial.delete, name="delete"),
    path("start/founded/<slug:slug>/", start.founded, name="founded"),
    path(P, charter.charter, name="charter"),
    path(f"{P}file/", charter.charter_file, name="charter_file"),
    path(f"{P}notice/", notice.notice, name="notice"),
    path(f"{P}notice/file/", notice.notice_file, name="notice_file"),
    path(f"{P}versions/", charter.versions, name="versions"),
    path(f"{P}rehearsal/", rehearsal.rehearsal, name="rehearsal"),
    path(f"{P}draft/", drafts.begin, name="begin"),
    path(f"{P}amendments/", amendments.index, name="amendments"),
    path(f"{P}amendments/export.<str:form>", lists.amendments_file, name="amendments_file"),
    path(f"{P}amendments/<str:amendment_id>/", amendments.amendment, name="amendment"),
    path(f"{P}amendments/<str:amendment_id>/paper/<str:role>/", amendments.paper, name="paper"),
    path(
        f"{P}amendments/<str:amendment_id>/form/<str:form>/",
        papers.amendment_paper,
        name="amendment_paper",
    ),
    path(D, drafts.overview, name="draft"),
    path(f"{D}file/", drafts.file_page, name="file"),
    path(f"{D}charter.yaml", drafts.download, name="download"),
    path(f"{D}undo/", drafts.undo, name="undo"),
    path(f"{D}discard/", drafts.discard, name="discard"),
    path(f"{D}propose/", amendments.propose, name="propose"),
    path(f"{D}step/<slug:name>/", steps.step, name="step"),
    path(f"{D}part/<path:address>", entries.entry, name="part"),
]
_SIGNED_IN = (
    "new", "founded", "step", "draft", "file", "download", "undo", "discard", "propose", "part",
    "delete",
)  # fmt: skip
_SEAT = (
    "charter", "charter_file", "notice", "notice_file", "versions", "rehearsal", "begin",
    "amendments", "amendments_file", "amendment", "paper", "amendment_paper",
)  # fmt: skip
POLICY = {
    "start": "public",
    **dict.fromkeys(_SIGNED_IN, "signed-in"),
    **dict.fromkeys(_SEAT, "seat"),
}
