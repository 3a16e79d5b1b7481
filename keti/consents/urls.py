from django.urls import path

from keti.consents.views import pages

app_name = "consents"
BASE = "p/<slug:slug>/consents/"
urlpatterns = [
    path(BASE, pages.listing, name="consents"),
    path(f"{BASE}consents.<str:form>", pages.export, name="export"),
    path(f"{BASE}<str:person_id>/", pages.person, name="person"),
    path(f"{BASE}<str:person_id>/evidence/<str:file_id>/", pages.evidence, name="evidence"),
    path("me/consents/<slug:slug>/give/", pages.give, name="give"),
    path("me/consents/<slug:slug>/withdraw/", pages.withdraw, name="withdraw"),
]
POLICY = {
    "consents": "seat",
    "export": "seat",
    "person": "seat",
    "evidence": "seat",
    "give": "signed-in",
    "withdraw": "signed-in",
}
