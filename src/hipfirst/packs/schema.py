# SPDX-License-Identifier: Apache-2.0
"""JSON Schema of every document, generated from the declared types.

`python -m hipfirst.packs.schema docs` writes `docs/schema/<kind>.json` and the tables of
`docs/packs.md`; a test says when they are stale.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hipfirst.packs.base import Document
from hipfirst.packs.documents import MODELS, NOT_INHERITED, Exercise, Manifest
from hipfirst.packs.guide import refreshed

TYPES: dict[str, type[Document]] = {"pack": Manifest} | {str(k): m for k, m in MODELS.items()}
"""Everything that has a schema: the manifest and every kind of document."""


def schema(name: str) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one kind of document, or of `pack`, the manifest."""
    model = TYPES[name]
    made = model.model_json_schema(by_alias=True)
    if model is Exercise:
        made = _extendable(made)
    made["properties"].pop("body", None)  # an article's text is no field of its front matter
    made["required"] = [field for field in made["required"] if field != "body"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _extendable(made: dict[str, Any]) -> dict[str, Any]:
    """A rung that extends another needs only what is never taken over."""
    own = [field for field in made["required"] if field in NOT_INHERITED]
    rest = [field for field in made["required"] if field not in NOT_INHERITED]
    return {**made, "required": own, "anyOf": [{"required": ["extends"]}, {"required": rest}]}


def as_text(name: str) -> str:
    """The file `docs/schema/<name>.json`."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Write one file for each schema into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in TYPES:
        (folder / f"{name}.json").write_text(as_text(name), encoding="utf-8")


def write_docs(docs: Path) -> None:
    """Write the schemas and the guide's tables below the folder `docs`."""
    write_schemas(docs / "schema")
    guide = docs / "packs.md"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(refreshed(text, TYPES.values()), encoding="utf-8")


if __name__ == "__main__":
    write_docs(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
