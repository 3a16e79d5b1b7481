from django.urls import path

from keti.duties.views import claims, explaining, grid, links, listing, page, post, sharing, undoing

app_name = "duties"
BASE = "p/<slug:slug>/duties/"
CLAIM = f"{BASE}<str:duty_id>/claims/<str:claim_id>"
urlpatterns = [
    path(BASE, grid.grid, name="grid"),
    path(f"{BASE}list/", listing.listing, name="list"),
    path(f"{BASE}export.<str:form>", listing.export, name="export"),
    path(f"{BASE}post/", post.post, name="post"),
    path(f"{BASE}announce/", sharing.announce, name="announce"),
    path(f"{BASE}for/<str:duty_id>/", page.duty, name="for"),
    path(f"{BASE}<str:duty_id>/", page.duty, name="duty"),
    path(f"{BASE}<str:duty_id>/file/", page.hand_in, name="hand_in"),
    path(f"{BASE}<str:duty_id>/explain/", explaining.explain, name="explain"),
    path(f"{BASE}<str:duty_id>/extend/", page.extend, name="extend"),
    path(f"{BASE}<str:duty_id>/waive/", page.waive, name="waive"),
    *[
        path(
            f"{BASE}<str:duty_id>/take-back/{what}/",
            undoing.take_back,
            {"what": what},
            name=f"take_back_{what}",
        )
        for what in ("waiver", "extension", "filing")
    ],
    path(f"{BASE}<str:duty_id>/link/", links.link, name="link"),
    path(f"{BASE}<str:duty_id>/link/end/", links.end, name="end_link"),
    path(f"{BASE}<str:duty_id>/filings/<str:filing_id>/", page.filing, name="filing"),
    path(f"{CLAIM}/accept/", claims.accept, name="accept_claim"),
    path(f"{CLAIM}/decline/", claims.decline, name="decline_claim"),
    path(f"{CLAIM}/evidence/", claims.evidence, name="claim_file"),
    path("cal/<str:token>.ics", sharing.feed, name="feed"),
]
POLICY = {
    "grid": "seat",
    "list": "seat",
    "export": "seat",
    "post": "seat",
    "announce": "seat",
    "for": "seat",
    "duty": "seat",
    "hand_in": "seat",
    "explain": "seat",
    "extend": "seat",
    "waive": "seat",
    "take_back_waiver": "seat",
    "take_back_extension": "seat",
    "take_back_filing": "seat",
    "link": "seat",
    "end_link": "seat",
    "filing": "seat",
    "accept_claim": "seat",
    "decline_claim": "seat",
    "claim_file": "seat",
    "feed": "token",
}
