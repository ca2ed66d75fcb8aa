# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest

from hipfirst.cli import main

MANIFEST = """\
format: 1
slug: small
name: Small
version: 1.0.0
licence: Apache-2.0
authors: [A coach]
summary: For tests.
"""
CARD = """\
format: 1
slug: {slug}
title: Does it help?
source: {{citation: "Somebody, 2020."}}
design: Trial.
people: 12 people.
comparator: This against that.
effect: No difference.
uncertainty: Wide.
length: 6 weeks.
limits: Small.
"""
EXERCISE = """\
format: 1
slug: lift
name: Lift
position: supine
level: gentle
summary: Trains.
muscles: [{muscle: calf, role: main, side: both}]
cues: {set_up: A, move: B, feel: C, avoid: D, breathe: E}
"""
PROGRAM = "format: 1\nslug: p\ntitle: P\nsummary: S\nweeks: [{sessions: [nowhere]}]\n"


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "pack.yaml").write_text(MANIFEST)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/study.yaml").write_text(CARD.format(slug="study"))
    return tmp_path


def test_every_problem_is_one_line_of_a_table(root, capsys):
    (root / "evidence/study.yaml").write_text(CARD.format(slug="other"))
    (root / "notes.txt").write_text("hello")
    assert main(["check", str(root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "3 problem(s)"
    assert "evidence/study.yaml:2" in lines[1]
    assert lines[1].endswith("  allowed: the file's name: study")
    assert len({line.index("allowed: ") for line in lines[:-1]}) == 1


def test_programs_read_the_same_list(root, capsys):
    (root / "programs").mkdir()
    (root / "programs/p.yaml").write_text(PROGRAM)
    assert main(["check", str(root), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["stale"] == []
    assert told["problems"][1] == {
        "file": "programs/p.yaml",
        "line": 5,
        "field": "weeks[0].sessions[0]",
        "given": "nowhere",
        "allowed": "nothing: there are none",
    }


def test_what_is_stale_is_told_with_problems_too(root, capsys):
    (root / "exercises").mkdir()
    (root / "exercises/lift.yaml").write_text(EXERCISE)
    assert main(["check", str(root)]) == 1
    out = capsys.readouterr().out
    assert "1 problem(s)" in out
    assert f"Stale, run `hipfirst bake {root}`: lift." in out
    assert main(["check", str(root), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (len(told["problems"]), told["stale"]) == (1, ["lift"])


def test_no_pack_at_all(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere")]) == 1
    assert "a folder with pack.yaml" in capsys.readouterr().out


def test_schemas_are_written_where_asked(root, tmp_path, capsys):
    main(["check", str(root), "--schema", str(tmp_path / "schemas")])
    made = json.loads((tmp_path / "schemas/session.json").read_text())
    assert made["properties"]["minutes"]["type"] == "array"


def test_calling_it_wrongly(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["check"])
    assert caught.value.code == 2
