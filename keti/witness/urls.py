from django.urls import path

from keti.witness.views import confirming, keys

app_name = "witness"
BASE = "p/<slug:slug>/checkpoints/"
urlpatterns = [
    path(BASE, confirming.page, name="page"),
    path(f"{BASE}confirmations.<str:form>", confirming.export, name="export"),
    path(f"{BASE}sign/", keys.sign, name="sign"),
    path(f"{BASE}key/", keys.key, name="key"),
    path(f"{BASE}key/<str:key_id>/withdraw/", keys.withdraw, name="key_withdraw"),
    path(f"{BASE}<str:confirmation_id>/withdraw/", confirming.withdraw, name="withdraw"),
]
POLICY = dict.fromkeys(("page", "export", "sign", "key", "key_withdraw", "withdraw"), "seat")
