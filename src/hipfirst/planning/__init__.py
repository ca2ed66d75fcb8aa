# SPDX-License-Identifier: Apache-2.0
"""From a session and a person to a timeline.

May import packs and body; knows no Django and nothing of outcomes.
"""
