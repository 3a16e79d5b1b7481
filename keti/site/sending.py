"""Forms as they are sent: what met others and could not be run is told so."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from keti.kernel import transactions
from keti.site.middleware import refused_page


class SendingMiddleware:
    """What could not be run because of others answers 409 or 503 with a sentence, never 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        transactions.gave_up.set(0)
        response = self.get_response(request)
        status = transactions.gave_up.get()
        if status and response.status_code in (200, 422):
            response.status_code = status
            response.headers["Retry-After"] = "5"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What was not run as an act (signing in, a session) met another all the same."""
        if isinstance(error, DatabaseError) and transactions.is_passing(error):
            return refused_page(transactions.Unrun("kernel.busy", 503))
        return None
