from django.urls import path

from keti.gatherings.views import guests, pages, papers, parts, public

app_name = "gatherings"
BASE = "p/<slug:slug>/gatherings/"
ONE = f"{BASE}<str:gathering_id>/"
urlpatterns = [
    path(BASE, pages.listing, name="gatherings"),
    path(f"{BASE}gatherings.<str:form>", pages.export, name="export"),
    path(f"{BASE}new/", pages.new, name="new"),
    path(f"{BASE}guests/", guests.listing, name="guests"),
    path(f"{BASE}guests.<str:form>", guests.export, name="guests_export"),
    path(f"{BASE}guests/<str:invitee_id>/", guests.guest, name="guest"),
    path(f"{BASE}parts/<str:slot_id>/", parts.slot, name="slot"),
    path(f"{BASE}parts/<str:slot_id>/agreed/", parts.agreed, name="agreed"),
    path(f"{BASE}signers/<str:signer_id>/", parts.signer, name="signer"),
    path(ONE, pages.gathering, name="gathering"),
    path(f"{ONE}do/<slug:deed>/", pages.do, name="do"),
    path(f"{ONE}run-sheet/<str:form>/", papers.run_sheet, name="run_sheet"),
    path(f"{ONE}guest-list/<str:form>/", papers.guest_list, name="guest_list"),
    path(f"{ONE}signing-list/<str:form>/", papers.signing_list, name="signing_list"),
    path("published/<slug:slug>/gatherings/<str:gathering_id>/", public.gathering, name="public"),
]
POLICY = {
    "gatherings": "seat",
    "export": "seat",
    "new": "seat",
    "guests": "seat",
    "guests_export": "seat",
    "guest": "seat",
    "slot": "seat",
    "agreed": "seat",
    "signer": "seat",
    "gathering": "seat",
    "do": "seat",
    "run_sheet": "seat",
    "guest_list": "seat",
    "signing_list": "seat",
    "public": "public",
}
