"""For servers that speak ASGI. The embedded default serves `wsgi`: faster in front of a synchronous ORM."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")
application = get_asgi_application()
