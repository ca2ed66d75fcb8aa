# SPDX-License-Identifier: Apache-2.0
"""Hipfirst: guided strength training that is kind to knees."""

__version__ = "0.1.0"
