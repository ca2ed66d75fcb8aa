# SPDX-License-Identifier: Apache-2.0
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipfirst.web.project.settings")
application = get_wsgi_application()
# Stop here, and not at the first visitor, when there is no secret key.
assert settings.SECRET_KEY
