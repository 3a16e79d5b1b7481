from django.urls import path

from keti.site.views import desk, home, house

app_name = "site"
urlpatterns = [
    path("", house.front, name="front"),
    path("healthz", house.healthz, name="healthz"),
    path("readyz", house.readyz, name="readyz"),
    path("help/", house.help_page, name="help"),
    path("seat/", house.switch_seat, name="switch_seat"),
    path("p/<slug:slug>/do/<str:duty_id>/", house.do, name="do"),
    path("p/<slug:slug>/", home.home, name="home"),
    path("p/<slug:slug>/progress/", home.progress, name="progress"),
    path("p/<slug:slug>/progress.pdf", home.progress_pdf, name="progress_pdf"),
    path("p/<slug:slug>/desk/", desk.desk, name="desk"),
    path("p/<slug:slug>/desk/remind/<str:duty_id>/", desk.remind, name="remind"),
]
POLICY = {
    "front": "public",
    "healthz": "public",
    "readyz": "public",
    "help": "public",
    "switch_seat": "signed-in",
    "do": "seat",
    "home": "seat",
    "progress": "seat",
    "progress_pdf": "seat",
    "desk": "seat",
    "remind": "seat",
}
