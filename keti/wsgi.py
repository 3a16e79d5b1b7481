"""The WSGI application, as `keti.server` serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keti.settings")
application = get_wsgi_application()
