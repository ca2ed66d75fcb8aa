# SPDX-License-Identifier: Apache-2.0
"""How dates and times are written, where a language should not take what Django has for it."""
