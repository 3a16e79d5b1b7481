from django.urls import path

from keti.lists import views

app_name = "lists"
ONE = "p/<slug:slug>/lists/<str:called>/"
urlpatterns = [
    path(f"{ONE}print/", views.printed, name="print"),
    path(f"{ONE}several/<str:deed>/", views.several, name="several"),
]
POLICY = {pattern.name: "seat" for pattern in urlpatterns}
