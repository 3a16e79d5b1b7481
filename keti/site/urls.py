from django.urls import path

from keti.site import views
from keti.site.policy import PUBLIC, SIGNED_IN

app_name = "site"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("seat/", views.switch_seat, name="switch_seat"),
]
POLICY = {
    "healthz": PUBLIC,
    "switch_seat": SIGNED_IN,
}
