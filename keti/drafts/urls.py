from django.urls import path

from keti.drafts import views

app_name = "drafts"
urlpatterns = [
    path("me/drafts/", views.listing, name="list"),
    path("drafts/of/", views.of_page, name="of_page"),
    path("drafts/save/", views.save, name="save"),
    path("drafts/signed-in/", views.signed_in, name="signed_in"),
    path("drafts/<str:kept_id>/discard/", views.discard, name="discard"),
    path("drafts/<str:kept_id>/restore/", views.restore, name="restore"),
]
POLICY = dict.fromkeys(("list", "of_page", "save", "signed_in", "discard", "restore"), "signed-in")
