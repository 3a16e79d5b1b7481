from django.urls import path

from keti.monitoring import views

app_name = "monitoring"
BASE = "p/<slug:slug>/findings/"
urlpatterns = [
    path(BASE, views.listing, name="findings"),
    path(f"{BASE}findings.xlsx", views.export, name="export"),
    path(f"{BASE}new/", views.new, name="new"),
    path(f"{BASE}for/<str:duty_id>/", views.for_duty, name="for_duty"),
    path(f"{BASE}<str:finding_id>/", views.finding, name="finding"),
    path(f"{BASE}<str:finding_id>/answer/", views.answer, name="answer"),
    path(f"{BASE}<str:finding_id>/close/", views.close, name="close"),
    path(f"{BASE}<str:finding_id>/reopen/", views.reopen, name="reopen"),
    path(f"{BASE}<str:finding_id>/files/<int:number>/", views.file, name="file"),
]
POLICY = {
    "findings": "seat",
    "export": "seat",
    "new": "seat",
    "for_duty": "seat",
    "finding": "seat",
    "answer": "seat",
    "close": "seat",
    "reopen": "seat",
    "file": "seat",
}
