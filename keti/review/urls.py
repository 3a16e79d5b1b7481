from django.urls import path, re_path

from keti.review.views import asking, gates, opinions, papers

app_name = "review"
BASE = "p/<slug:slug>/reviews/"
PLACE = r"^p/(?P<slug>[-\w]+)/reviews/(?P<gate_id>\w+)/inputs/(?P<place>\d{1,3}-\d{1,3})/"
urlpatterns = [
    path(BASE, gates.listing, name="gates"),
    path(f"{BASE}ask/", asking.ask, name="ask"),
    path(f"{BASE}for/<str:duty_id>/", gates.for_duty, name="for_duty"),
    path(f"{BASE}<str:gate_id>/", gates.gate, name="gate"),
    path(f"{BASE}<str:gate_id>/open/", gates.open_, name="open"),
    path(f"{BASE}<str:gate_id>/again/", gates.again, name="again"),
    path(f"{BASE}<str:gate_id>/declare/", gates.declare, name="declare"),
    path(f"{BASE}<str:gate_id>/opinion/", gates.opine, name="opinion"),
    path(f"{BASE}<str:gate_id>/opinion/change/", gates.change, name="change"),
    path(f"{BASE}<str:gate_id>/opinion/withdraw/", gates.withdraw, name="withdraw"),
    path(
        f"{BASE}<str:gate_id>/opinion/<int:number>/<str:seat_id>/copy/",
        opinions.copy,
        name="copy",
    ),
    path(f"{BASE}<str:gate_id>/opinion/<str:form>/", opinions.sheet, name="opinion_sheet"),
    path(f"{BASE}<str:gate_id>/votes/<int:number>/<str:form>/", opinions.votes, name="votes"),
    path(f"{BASE}<str:gate_id>/decide/", gates.decide, name="decide"),
    path(f"{BASE}<str:gate_id>/sheet/<str:form>/", papers.sheet, name="sheet"),
    path(f"{BASE}<str:gate_id>/decision/<int:number>/scan/", papers.scan, name="scan"),
    path(
        f"{BASE}<str:gate_id>/decision/<int:number>/<str:form>/", papers.decision, name="decision"
    ),
    re_path(f"{PLACE}$", papers.pinned, name="pinned"),
    re_path(f"{PLACE}file/$", papers.pinned_file, name="pinned_file"),
    re_path(rf"{PLACE}(?P<form>[\w-]+)/$", papers.pinned_paper, name="pinned_paper"),
    re_path(f"{PLACE}pictures/(?P<sha256>[^/]+)/$", papers.picture, name="picture"),
]
POLICY = {
    "gates": "seat",
    "ask": "seat",
    "for_duty": "seat",
    "gate": "seat",
    "open": "seat",
    "again": "seat",
    "declare": "seat",
    "opinion": "seat",
    "change": "seat",
    "withdraw": "seat",
    "copy": "seat",
    "opinion_sheet": "seat",
    "votes": "seat",
    "decide": "seat",
    "sheet": "seat",
    "scan": "seat",
    "decision": "seat",
    "pinned": "seat",
    "pinned_file": "seat",
    "pinned_paper": "seat",
    "picture": "seat",
}
