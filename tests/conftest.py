# SPDX-License-Identifier: Apache-2.0
import os

os.environ.setdefault(
    "HIPFIRST_SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789-012345"
)
