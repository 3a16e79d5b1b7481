from django.urls import path

from keti.activities.views import activities, sheets

app_name = "activities"
BASE = "p/<slug:slug>/activities/"
SHEET = f"{BASE}regions/<str:sheet_id>/"
ONE = f"{BASE}<str:activity_id>/"
urlpatterns = [
    path(BASE, activities.listing, name="activities"),
    path(f"{BASE}activities.<str:form>", activities.export, name="export"),
    path(f"{BASE}new/", activities.new, name="new"),
    path(f"{BASE}regions/", sheets.listing, name="sheets"),
    path(f"{BASE}regions.<str:form>", sheets.export, name="sheets_export"),
    path(f"{BASE}regions/new/", sheets.new, name="sheet_new"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(ONE, activities.activity, name="activity"),
    path(f"{ONE}hold/", activities.hold, name="hold"),
    path(f"{ONE}cancel/", activities.cancel, name="cancel"),
    path(f"{ONE}guests/", activities.guest, name="guest"),
    path(f"{ONE}guests/<str:guest_id>/withdraw/", activities.unguest, name="unguest"),
    path(f"{ONE}file/", activities.file, name="file"),
]
POLICY = {one.name: "seat" for one in urlpatterns}
