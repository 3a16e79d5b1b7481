from django.urls import path

from keti.drafts import views

app_name = "drafts"
urlpatterns = [
    path("me/drafts/", views.listing, name="list"),
    path("unsent/of/", views.of_page, name="of_page"),
    path("unsent/save/", views.save, name="save"),
    path("unsent/signed-in/", views.signed_in, name="signed_in"),
    path("unsent/<str:kept_id>/discard/", views.discard, name="discard"),
    path("unsent/<str:kept_id>/restore/", views.restore, name="restore"),
]
POLICY = dict.fromkeys(("list", "of_page", "save", "signed_in", "discard", "restore"), "signed-in")
