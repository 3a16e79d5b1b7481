from django.urls import path

from keti.honours.views import contributions, nominations, public, records, stock

app_name = "honours"
BASE = "p/<slug:slug>/honours/"
ONE = f"{BASE}nominations/<str:nomination_id>/"
INPUT = f"{BASE}contributions/<str:input_id>/"
PIECE = f"{BASE}stock/<str:piece_id>/"
urlpatterns = [
    path(BASE, nominations.overview, name="honours"),
    path(f"{BASE}honours.<str:form>", nominations.export, name="export"),
    path(f"{BASE}of/<str:honour>/", nominations.honour, name="honour"),
    path(f"{BASE}of/<str:honour>/nominate/<str:seat_id>/", nominations.nominate, name="nominate"),
    path(f"{BASE}of/<str:honour>/all/", nominations.everybody, name="everybody"),
    path(f"{BASE}files/", nominations.files, name="files"),
    path(ONE, nominations.nomination, name="nomination"),
    path(f"{ONE}<slug:verb>/", nominations.act, name="act"),
    path(f"{BASE}mine/", records.mine, name="mine"),
    path(f"{BASE}mine/consent/", records.consent, name="consent"),
    path(f"{BASE}mine/<str:nomination_id>.pdf", records.certificate, name="certificate"),
    path(f"{BASE}records/", records.listing, name="records"),
    path(f"{BASE}records.<str:form>", records.export, name="records_export"),
    path(f"{BASE}records/draw/", records.draw, name="draw"),
    path(f"{BASE}records/<str:seat_id>/", records.record, name="record"),
    path(f"{BASE}assess/<str:book_id>/", records.assess, name="assess"),
    path(f"{BASE}contributions/", contributions.listing, name="contributions"),
    path(f"{BASE}contributions.<str:form>", contributions.export, name="contributions_export"),
    path(f"{BASE}contributions/new/", contributions.declare, name="declare"),
    path(INPUT, contributions.contribution, name="contribution"),
    path(f"{INPUT}evidence/", contributions.evidence, name="evidence"),
    path(f"{BASE}stock/", stock.listing, name="stock"),
    path(f"{BASE}stock.<str:form>", stock.export, name="stock_export"),
    path(PIECE, stock.piece, name="piece"),
    path("honours/<slug:slug>/", public.notice, name="public"),
    path("certificates/", public.find, name="find"),
    path("certificates/<str:nomination_id>/", public.check, name="check"),
]
POLICY = {
    one.name: "public" if one.name in ("public", "find", "check") else "seat" for one in urlpatterns
}
