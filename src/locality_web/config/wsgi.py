"""The site for a server program."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality_web.config.settings")
application = get_wsgi_application()
