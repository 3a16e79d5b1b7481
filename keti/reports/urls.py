from django.urls import path

from keti.reports.views import (
    blank,
    drafts,
    files,
    lists,
    missing,
    pictures,
    reading,
    references,
    taking_back,
    translations,
)

app_name = "reports"
BASE = "p/<slug:slug>/reports/"
ONE = f"{BASE}<str:report_id>/"
FROZEN = f"{ONE}v/<int:number>/"
urlpatterns = [
    path(BASE, lists.listing, name="list"),
    path(f"{BASE}export.<str:form>", lists.export, name="export"),
    path(f"{BASE}missing/", missing.listing, name="missing"),
    path(f"{BASE}missing/export.<str:form>", missing.export, name="missing_file"),
    path(f"{BASE}references/", references.listing, name="all_references"),
    path(f"{BASE}references/export.<str:form>", references.export, name="all_references_file"),
    path(f"{BASE}for/<str:duty_id>/", drafts.for_duty, name="for"),
    path(f"{BASE}for/<str:duty_id>/start/", drafts.start, name="start"),
    path(f"{BASE}for/<str:duty_id>/blank.<str:form>", blank.blank, name="blank"),
    path(f"{BASE}for/<str:duty_id>/file/", files.by_file, name="by_file"),
    path(
        f"{BASE}for/<str:duty_id>/file/pictures/<str:sha256>/", files.picture, name="file_picture"
    ),
    path(ONE, reading.report, name="report"),
    path(f"{ONE}edit/", drafts.edit, name="edit"),
    path(f"{ONE}pictures/", pictures.add, name="add_picture"),
    path(f"{ONE}pictures/<str:sha256>/", pictures.show, name="draft_picture"),
    path(f"{ONE}preview/", drafts.preview, name="preview"),
    path(f"{ONE}references/", references.of_report, name="references"),
    path(f"{ONE}references/<str:reference_id>/", references.one, name="reference"),
    path(f"{ONE}references/<str:reference_id>/remove/", references.remove, name="remove_reference"),
    path(f"{ONE}translation/<str:lang>/", translations.translation, name="translation"),
    path(f"{ONE}quote/", drafts.quote, name="quote"),
    path(f"{ONE}submit/", drafts.submit, name="submit"),
    path(f"{ONE}take-back/", taking_back.take_back, name="take_back"),
    path(f"{ONE}accept/", reading.answer, {"verb": "accept"}, name="accept"),
    path(f"{ONE}return/", reading.answer, {"verb": "return"}, name="return"),
    path(f"{ONE}docx/", reading.download, {"form": "docx"}, name="docx"),
    path(f"{ONE}pdf/", reading.download, {"form": "pdf"}, name="pdf"),
    path(f"{ONE}diff/<int:before>/<int:after>/", reading.diff, name="diff"),
    path(FROZEN, reading.version, name="version"),
    path(f"{FROZEN}docx/", reading.download, {"form": "docx"}, name="version_docx"),
    path(f"{FROZEN}pdf/", reading.download, {"form": "pdf"}, name="version_pdf"),
    path(f"{FROZEN}pictures/<str:sha256>/", reading.picture, name="picture"),
    path(f"{FROZEN}file/", reading.original, name="original"),
    path(f"{FROZEN}evidence/", reading.evidence, name="evidence"),
]
POLICY = {pattern.name: "seat" for pattern in urlpatterns}
