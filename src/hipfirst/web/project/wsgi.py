# SPDX-License-Identifier: Apache-2.0
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from hipfirst.web.shared.templatetags.assets import manifest_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hipfirst.web.project.settings")
application = get_wsgi_application()

from hipfirst.web.project.housekeeping import Housekeeper  # noqa: E402 models must be ready

# Stop here, and not at the first visitor, when there is no secret key.
assert settings.SECRET_KEY
# The same moment at which the files to serve were listed.
manifest_of(Path(settings.ASSETS))
# One process of all does what is due.
Housekeeper().start()
