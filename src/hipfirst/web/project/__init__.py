# SPDX-License-Identifier: Apache-2.0
"""Settings, urls and handlers: the only composition root."""
