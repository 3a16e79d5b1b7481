from django.urls import path

from keti.monitoring.views import findings, lists, papers, steering

app_name = "monitoring"
BASE = "p/<slug:slug>/findings/"
urlpatterns = [
    path(BASE, lists.listing, name="findings"),
    path(f"{BASE}findings.<str:form>", lists.export, name="export"),
    path(f"{BASE}new/", findings.new, name="new"),
    path(f"{BASE}for/<str:duty_id>/", findings.for_duty, name="for_duty"),
    path(f"{BASE}<str:finding_id>/", findings.finding, name="finding"),
    path(f"{BASE}<str:finding_id>/answer/", findings.answer, name="answer"),
    path(f"{BASE}<str:finding_id>/close/", findings.close, name="close"),
    path(f"{BASE}<str:finding_id>/reopen/", findings.reopen, name="reopen"),
    path(f"{BASE}<str:finding_id>/assign/", steering.assign, name="assign"),
    path(f"{BASE}<str:finding_id>/join/", steering.join, name="join"),
    path(f"{BASE}<str:finding_id>/leave/", steering.leave, name="leave"),
    path(f"{BASE}<str:finding_id>/paper/<str:form>/", papers.paper, name="paper"),
    path(f"{BASE}<str:finding_id>/files/<int:number>/", findings.file, name="file"),
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
    "assign": "seat",
    "join": "seat",
    "leave": "seat",
    "paper": "seat",
    "file": "seat",
}
