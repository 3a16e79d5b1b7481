from django.urls import path

from keti.lists.views import beside, saved

app_name = "lists"
ONE = "p/<slug:slug>/lists/<str:called>/"
urlpatterns = [
    path(f"{ONE}print/", beside.printed, name="print"),
    path(f"{ONE}several/<str:deed>/", beside.several, name="several"),
    path(f"{ONE}views/", saved.views, name="views"),
    path(f"{ONE}views/keep/", saved.keep, name="keep"),
    path(f"{ONE}views/<str:view_id>/", saved.change, name="change"),
]
POLICY = {pattern.name: "seat" for pattern in urlpatterns}
