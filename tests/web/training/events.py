# SPDX-License-Identifier: Apache-2.0
"""Events as a player makes them."""

from __future__ import annotations

import uuid

PHONE = "0b7c1f5e-54a5-4d2b-8f0e-6f5c3f1f2a10"
LAPTOP = "77777777-7777-4777-8777-777777777777"


def event(seq, kind="paused", *, device=PHONE, **body):
    """One event with an id that follows from device and seq, so that a repeat is a repeat."""
    return {
        "format": 1,
        "id": str(uuid.uuid5(uuid.UUID(device), f"{seq}")),
        "device": device,
        "seq": seq,
        "at": "2026-03-02T07:30:00Z",
        "type": kind,
        **body,
    }


def batch(*events, after=0):
    return {"format": 1, "after": after, "events": list(events)}


def url(run):
    return f"/api/runs/{run.pk}/events"
