# SPDX-License-Identifier: Apache-2.0
"""JSON Schema of all that travels between site and player, written beside this file.

Run as a script after changing a model, then `npm run wire` in player/ for the TypeScript side.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from hipfirst.outcomes.events import EVENT
from hipfirst.outcomes.run import RunShape, RunState
from hipfirst.planning.timeline import Timeline

PATH = Path(__file__).parent / "schema.json"


class _Complete(GenerateJsonSchema):
    """Every field is there, because the site sends each value whole, defaults included."""

    def field_is_required(self, field: Any, *, total: bool) -> bool:
        return True


def schema() -> dict[str, Any]:
    """One schema whose properties are the roots."""
    roots: dict[str, TypeAdapter[Any]] = {
        "timeline": TypeAdapter(Timeline),
        "event": EVENT,
        "run_shape": TypeAdapter(RunShape),
        "run_state": TypeAdapter(RunState),
    }
    references, definitions = TypeAdapter.json_schemas(
        [(name, "serialization", adapter) for name, adapter in roots.items()],
        schema_generator=_Complete,
    )
    return {
        "title": "Wire",
        "type": "object",
        "properties": {name: references[name, "serialization"] for name in roots},
        "required": list(roots),
        "additionalProperties": False,
        **definitions,
    }


def text() -> str:
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
