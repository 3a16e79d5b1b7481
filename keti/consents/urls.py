from django.urls import path

from keti.consents import views

app_name = "consents"
BASE = "p/<slug:slug>/consents/"
urlpatterns = [
    path(BASE, views.listing, name="consents"),
    path(f"{BASE}consents.<str:form>", views.export, name="export"),
    path(f"{BASE}<str:person_id>/", views.person, name="person"),
    path(f"{BASE}<str:person_id>/evidence/<str:file_id>/", views.evidence, name="evidence"),
    path("me/consents/<slug:slug>/give/", views.give, name="give"),
    path("me/consents/<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
]
POLICY = {
    "consents": "seat",
    "export": "seat",
    "person": "seat",
    "evidence": "seat",
    "give": "signed-in",
    "withdraw": "signed-in",
}
