from django.urls import path

from keti.promises.views import exhibits, pages, public, units

app_name = "promises"
BASE = "p/<slug:slug>/promises/"
ONE = f"{BASE}<str:duty_id>/"
SHOWN = f"{BASE}exhibits/<str:exhibit_id>/"
GIVEN = f"{BASE}units/<str:benefit_id>/"
urlpatterns = [
    path(BASE, pages.listing, name="promises"),
    path(f"{BASE}promises.<str:form>", pages.export, name="export"),
    path(f"{BASE}for/<str:duty_id>/", pages.for_duty, name="for"),
    path(f"{BASE}exhibits/", exhibits.listing, name="exhibits"),
    path(f"{BASE}exhibits.<str:form>", exhibits.export, name="exhibits_export"),
    path(SHOWN, exhibits.exhibit, name="exhibit"),
    path(f"{SHOWN}file/", exhibits.file, name="exhibit_file"),
    path(f"{BASE}units/", units.listing, name="units"),
    path(f"{BASE}units.<str:form>", units.export, name="units_export"),
    path(f"{BASE}units/give/", units.give, name="give"),
    path(f"{GIVEN}confirm/", units.confirm, name="confirm"),
    path(f"{GIVEN}withdraw/", units.withdraw, name="withdraw"),
    path(f"{GIVEN}file/", units.file, name="benefit_file"),
    path(ONE, pages.promise, name="promise"),
    path(f"{ONE}show/", exhibits.new, name="show"),
    path("published/<slug:slug>/promises/", public.promises, name="public"),
]
POLICY = {
    "promises": "seat",
    "export": "seat",
    "for": "seat",
    "exhibits": "seat",
    "exhibits_export": "seat",
    "exhibit": "seat",
    "exhibit_file": "seat",
    "units": "seat",
    "units_export": "seat",
    "give": "seat",
    "confirm": "seat",
    "withdraw": "seat",
    "benefit_file": "seat",
    "promise": "seat",
    "show": "seat",
    "public": "public",
}
