from django.urls import path

from keti.consultation import views

app_name = "consultation"
BASE = "p/<slug:slug>/consultations/"
ONE = f"{BASE}<str:round_id>/"
urlpatterns = [
    path(BASE, views.listing, name="list"),
    path(f"{BASE}for/<str:duty_id>/", views.for_duty, name="for"),
    path(ONE, views.round, name="round"),
    path(f"{ONE}comment/", views.comment, name="comment"),
    path(f"{ONE}comments/<int:number>/", views.dispose, name="dispose"),
    path(f"{ONE}no-remarks/", views.no_remarks, name="no-remarks"),
    path(f"{ONE}close/", views.close, name="close"),
    path(f"{ONE}summary.xlsx", views.summary, name="summary"),
    path(f"{ONE}docx/", views.text, {"form": "docx"}, name="docx"),
    path(f"{ONE}pdf/", views.text, {"form": "pdf"}, name="pdf"),
]
POLICY = {pattern.name: "seat" for pattern in urlpatterns}
