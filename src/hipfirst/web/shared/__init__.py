# SPDX-License-Identifier: Apache-2.0
"""Base templates and what every app shares; no models."""
