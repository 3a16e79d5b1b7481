from django.urls import path

from keti.release.views import manifest, proofs, public, rolls, steps

app_name = "release"
BASE = "p/<slug:slug>/release/"
CLOSING = f"{BASE}closing/<str:duty_id>/"
ROLL = f"{BASE}roll/<str:duty_id>/"
PUBLICATION = f"{BASE}publication/<str:duty_id>/"
PROOFS = f"{BASE}proofs/"
ROUND = f"{PROOFS}<str:duty_id>/"
urlpatterns = [
    path(BASE, steps.release, name="release"),
    path(f"{BASE}finish/", steps.finish, name="finish"),
    path(f"{BASE}for/<str:duty_id>/", steps.for_duty, name="for"),
    path(CLOSING, steps.closing, name="closing"),
    path(f"{CLOSING}<str:form>/", steps.closing_file, name="closing_file"),
    path(PROOFS, proofs.listing, name="proofs"),
    path(f"{BASE}proofs.<str:form>", proofs.export, name="proofs_export"),
    path(ROUND, proofs.round_, name="proof_round"),
    path(f"{ROUND}close/", proofs.close, name="proof_close"),
    path(f"{BASE}proof/for/<str:duty_id>/", proofs.for_duty, name="proof_for"),
    path(f"{BASE}proof/<str:entry_id>/", proofs.entry, name="proof_entry"),
    path(f"{BASE}proof/<str:entry_id>/settle/", proofs.settle, name="proof_settle"),
    path(ROLL, rolls.roll, name="roll"),
    path(f"{ROLL}submitted/<str:form>/", rolls.submitted_file, name="roll_submitted"),
    path(f"{ROLL}entry/<str:seat_id>/", rolls.entry, name="entry"),
    path(f"{ROLL}<str:form>/", rolls.roll_file, name="roll_file"),
    path(PUBLICATION, steps.publication, name="publication"),
    path(f"{PUBLICATION}ready/", steps.ready, name="ready"),
    path(f"{PUBLICATION}proof/<str:form>/", steps.proof, name="proof"),
    path(f"{PUBLICATION}produce/", steps.produce_again, name="produce"),
    path(f"{PUBLICATION}retract/", steps.retract, name="retract"),
    path("published/", public.shelf, name="shelf"),
    path("published/<slug:slug>/", public.book, name="book"),
    path("published/<slug:slug>/SHA256SUMS", manifest.sums, name="sums"),
    path("published/<slug:slug>/manifest.json", manifest.about, name="manifest"),
    path("published/<slug:slug>/pictures/<str:sha256>/", public.picture, name="picture"),
    path("published/<slug:slug>/report-<str:lang>.<str:form>", public.file, name="file"),
]
POLICY = {
    "release": "seat",
    "finish": "seat",
    "for": "seat",
    "closing": "seat",
    "closing_file": "seat",
    "proofs": "seat",
    "proofs_export": "seat",
    "proof_round": "seat",
    "proof_close": "seat",
    "proof_for": "seat",
    "proof_entry": "seat",
    "proof_settle": "seat",
    "roll_submitted": "seat",
    "roll": "seat",
    "entry": "seat",
    "roll_file": "seat",
    "publication": "seat",
    "ready": "seat",
    "proof": "seat",
    "produce": "seat",
    "retract": "seat",
    "shelf": "public",
    "book": "public",
    "file": "public",
    "manifest": "public",
    "sums": "public",
    "picture": "public",
}
