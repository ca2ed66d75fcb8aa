# SPDX-License-Identifier: Apache-2.0
"""The site's settings with the language nobody speaks; HIPFIRST_PSEUDO names its folder."""

import os

from hipfirst.web.project.settings import *  # noqa: F403

LOCALE_PATHS = [os.environ["HIPFIRST_PSEUDO"]]
LANGUAGES = [("en", "English"), ("en-xa", "Pseudo")]
