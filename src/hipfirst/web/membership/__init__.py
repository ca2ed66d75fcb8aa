# SPDX-License-Identifier: Apache-2.0
"""Offers, grants, and what a membership opens."""
