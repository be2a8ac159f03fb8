"""The web process's entry, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

from config.processes import end_with_parent

# granian's workers share their port with whoever listens there next: an orphan would serve on.
end_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
