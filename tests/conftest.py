# SPDX-License-Identifier: Apache-2.0
import os

from django.conf import settings

KEY = "only-for-tests-0123456789-0123456789-0123456789-012345"
os.environ.setdefault("HIPFIRST_SECRET_KEY", KEY)


def pytest_configure() -> None:
    # The settings were read before this file was: the key cannot come from the environment.
    settings.SECRET_KEY = KEY
