from django.urls import path

from keti.consultation.views import lists, pages

app_name = "consultation"
BASE = "p/<slug:slug>/consultations/"
ONE = f"{BASE}<str:round_id>/"
urlpatterns = [
    path(BASE, lists.listing, name="list"),
    path(f"{BASE}export.<str:form>", lists.export, name="export"),
    path(f"{BASE}for/<str:duty_id>/", pages.for_duty, name="for"),
    path(ONE, pages.round, name="round"),
    path(f"{ONE}comment/", pages.comment, name="comment"),
    path(f"{ONE}comments/<int:number>/", pages.dispose, name="dispose"),
    path(f"{ONE}no-remarks/", pages.no_remarks, name="no-remarks"),
    path(f"{ONE}close/", pages.close, name="close"),
    path(f"{ONE}summary.xlsx", pages.summary, name="summary"),
    path(f"{ONE}summary/<str:form>/", pages.table, name="table"),
    path(f"{ONE}pictures/<str:sha256>/", pages.picture, name="picture"),
    path(f"{ONE}docx/", pages.text, {"form": "docx"}, name="docx"),
    path(f"{ONE}pdf/", pages.text, {"form": "pdf"}, name="pdf"),
]
POLICY = {pattern.name: "seat" for pattern in urlpatterns}
