# SPDX-License-Identifier: Apache-2.0
import os

import hypothesis
from django.conf import settings

# Where a change is judged, the same examples each time; elsewhere every run looks at new ones.
hypothesis.settings.register_profile("judged", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("judged")

KEY = "only-for-tests-0123456789-0123456789-0123456789-012345"
os.environ.setdefault("HIPFIRST_SECRET_KEY", KEY)


def pytest_configure() -> None:
    # The settings were read before this file was: the key cannot come from the environment.
    settings.SECRET_KEY = KEY
