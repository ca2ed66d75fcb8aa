# SPDX-License-Identifier: Apache-2.0
"""Whether it helps: trends, tests, the page for a professional."""
