from django.urls import path

from keti.release.views import public, rolls, steps

app_name = "release"
BASE = "p/<slug:slug>/release/"
CLOSING = f"{BASE}closing/<str:duty_id>/"
ROLL = f"{BASE}roll/<str:duty_id>/"
PUBLICATION = f"{BASE}publication/<str:duty_id>/"
urlpatterns = [
    path(BASE, steps.release, name="release"),
    path(f"{BASE}finish/", steps.finish, name="finish"),
    path(f"{BASE}for/<str:duty_id>/", steps.for_duty, name="for"),
    path(CLOSING, steps.closing, name="closing"),
    path(f"{CLOSING}<str:form>/", steps.closing_file, name="closing_file"),
    path(ROLL, rolls.roll, name="roll"),
    path(f"{ROLL}entry/<str:seat_id>/", rolls.entry, name="entry"),
    path(f"{ROLL}<str:form>/", rolls.roll_file, name="roll_file"),
    path(PUBLICATION, steps.publication, name="publication"),
    path(f"{PUBLICATION}proof/<str:form>/", steps.proof, name="proof"),
    path(f"{PUBLICATION}produce/", steps.produce_again, name="produce"),
    path(f"{PUBLICATION}retract/", steps.retract, name="retract"),
    path("published/", public.shelf, name="shelf"),
    path("published/<slug:slug>/", public.book, name="book"),
    path("published/<slug:slug>/pictures/<str:sha256>/", public.picture, name="picture"),
    path("published/<slug:slug>/report-<str:lang>.<str:form>", public.file, name="file"),
]
POLICY = {
    "release": "seat",
    "finish": "seat",
    "for": "seat",
    "closing": "seat",
    "closing_file": "seat",
    "roll": "seat",
    "entry": "seat",
    "roll_file": "seat",
    "publication": "seat",
    "proof": "seat",
    "produce": "seat",
    "retract": "seat",
    "shelf": "public",
    "book": "public",
    "file": "public",
    "picture": "public",
}
