"""The yardstick: a Django view with one query for 100 rows and one template, nothing around it."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from keti.duties.models import Obligation

TEMPLATE = engines["django"].from_string(
    "<!doctype html><title>rows</title><table>{% for row in rows %}<tr><td>{{ row.key }}</td>"
    "<td>{{ row.title_zh }}</td><td>{{ row.due_at }}</td><td>{{ row.state }}</td></tr>"
    "{% endfor %}</table>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """One hundred rows."""
    rows = Obligation.objects.values("key", "title_zh", "due_at", "state")[:100]
    return HttpResponse(TEMPLATE.render({"rows": rows}, request))


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok")


ROUTES = [path("", bare, name="front"), path("healthz", healthz, name="healthz")]
urlpatterns = [path("", include((ROUTES, "site")))]
"""Under the house's own names: its server starts with no route that has no policy."""
