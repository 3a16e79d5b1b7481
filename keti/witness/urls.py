from django.urls import path

from keti.witness import views

app_name = "witness"
BASE = "p/<slug:slug>/checkpoints/"
urlpatterns = [
    path(BASE, views.page, name="page"),
    path(f"{BASE}confirmations.<str:form>", views.export, name="export"),
    path(f"{BASE}<str:confirmation_id>/withdraw/", views.withdraw, name="withdraw"),
]
POLICY = {"page": "seat", "export": "seat", "withdraw": "seat"}
