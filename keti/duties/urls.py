from django.urls import path

from keti.duties.views import (
    claims,
    explaining,
    grid,
    handing,
    links,
    listing,
    page,
    post,
    sharing,
    undoing,
)

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
    path(f"{BASE}<str:duty_id>/file/", handing.hand_in, name="hand_in"),
    path(f"{BASE}<str:duty_id>/write/", handing.write, name="write"),
    path(f"{BASE}<str:duty_id>/pictures/", handing.add_picture, name="add_picture"),
    path(f"{BASE}<str:duty_id>/pictures/<str:sha256>/", handing.picture, name="picture"),
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
    path(f"{BASE}<str:duty_id>/filings/<str:filing_id>/", handing.filing, name="filing"),
    path(f"{BASE}<str:duty_id>/filings/<str:filing_id>/text/", handing.text, name="filing_text"),
    path(f"{CLAIM}/accept/", claims.accept, name="accept_claim"),
    path(f"{CLAIM}/decline/", claims.decline, name="decline_claim"),
    path(f"{CLAIM}/evidence/", claims.evidence, name="claim_file"),
    path("cal/<str:token>.ics", sharing.feed, name="feed"),
]
POLICY = {pattern.name: "seat" for pattern in urlpatterns} | {"feed": "token"}
