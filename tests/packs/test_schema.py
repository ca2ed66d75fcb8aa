# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from hipfirst.packs.documents import MODELS, Manifest
from hipfirst.packs.guide import refreshed, table
from hipfirst.packs.schema import TYPES, as_text, schema, write_docs

DOCS = Path(__file__).parents[2] / "docs"
REFRESH = "run `python -m hipfirst.packs.schema docs`"


@pytest.mark.parametrize("name", TYPES)
def test_the_schema_on_disk_is_fresh(name):
    assert (DOCS / "schema" / f"{name}.json").read_text(encoding="utf-8") == as_text(name), REFRESH


def test_there_is_no_other_schema():
    assert {path.stem for path in (DOCS / "schema").iterdir()} == set(TYPES)


def test_the_guide_is_fresh():
    guide = (DOCS / "packs.md").read_text(encoding="utf-8")
    assert refreshed(guide, TYPES.values()) == guide, REFRESH


@pytest.mark.parametrize("model", [Manifest, *MODELS.values()])
def test_every_document_has_its_table_in_the_guide(model):
    guide = (DOCS / "packs.md").read_text(encoding="utf-8")
    assert f"<!-- fields: {model.__name__} -->\n{table(model)}" in guide


@pytest.mark.parametrize("model", [Manifest, *MODELS.values()])
def test_every_field_is_described(model):
    assert not [name for name, f in model.model_fields.items() if not f.description]


def test_a_rung_that_extends_needs_little():
    made = schema("exercise")
    assert made["required"] == ["format", "slug", "name"]
    assert {"required": ["extends"]} in made["anyOf"]


def test_the_text_of_an_article_is_no_field_of_its_front_matter():
    assert "body" not in schema("article")["properties"]


def test_docs_are_written_where_asked(tmp_path):
    (tmp_path / "packs.md").write_text("<!-- fields: Claim -->\nold\n<!-- end -->\n")
    write_docs(tmp_path)
    assert "| `evidence` |" in (tmp_path / "packs.md").read_text()
    assert len(list((tmp_path / "schema").iterdir())) == len(TYPES)


def test_the_article_of_the_guide_is_sound(tree):
    guide = (DOCS / "packs.md").read_text(encoding="utf-8")
    text = guide.partition("````markdown\n")[2].partition("````")[0]
    tree.exercise("clam")
    tree.session("ten-quiet-minutes")
    for card in ("dolak-2011", "hott-2019"):
        tree.card(card)
    tree.write("articles/aching-knees-strong-hips.md", text)
    assert not tree.problems
    assert len(tree.pack.articles) == 1
