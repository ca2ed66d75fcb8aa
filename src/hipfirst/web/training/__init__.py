# SPDX-License-Identifier: Apache-2.0
"""Runs: timelines, the event log, the player page and its API."""
