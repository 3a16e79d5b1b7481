"""The doors of the house, and one more that nobody gave a policy."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from keti.urls import urlpatterns as ours


def back_door(request: HttpRequest) -> HttpResponse:
    """Says everything to everybody."""
    return HttpResponse("in")


urlpatterns = [*ours, path("back-door/", back_door, name="back_door"), path("hatch/", back_door)]
