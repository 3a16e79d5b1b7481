"""The one way out for whatever is mailed: shut while a restored installation is held."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail.backends import smtp

from keti.kernel.held import is_held


class Backend(smtp.EmailBackend):
    """Django's own, which refuses as a server would that cannot be reached."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Hand letters over. Raises ConnectionError where nothing may leave the house."""
        if is_held(settings.KETI_DATA):
            raise ConnectionRefusedError("nothing is mailed before keti resume")
        return super().send_messages(email_messages)
