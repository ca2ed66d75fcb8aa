# SPDX-License-Identifier: Apache-2.0
"""One test for each way in which a file can be broken."""

import os

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipfirst.packs.check import inspect_pack, open_pack
from hipfirst.packs.problems import BrokenPackError
from hipfirst.packs.read import MAX_BYTES, read_pack


def test_a_sound_pack_has_no_problem(tree):
    assert list(tree.pack.exercises) == ["lift"]
    assert list(tree.pack.sessions) == ["short"]
    assert tree.pack.manifest.version == "1.0.0"


def test_a_document_is_filed_with_its_hash(tree):
    before = tree.pack.filed("exercise", "lift")
    assert len(before.content_hash) == 64
    tree.write("exercises/lift.yaml", yaml.safe_dump(before.data, sort_keys=True, indent=4))
    assert tree.pack.filed("exercise", "lift").content_hash == before.content_hash
    tree.exercise("lift", level="steady")
    assert tree.pack.filed("exercise", "lift").content_hash != before.content_hash


def test_a_folder_that_is_not_there(tmp_path):
    (problem,) = read_pack(tmp_path / "nowhere").problems
    assert problem.allowed == "a folder with pack.yaml"


def test_no_manifest(tree):
    (tree.root / "pack.yaml").unlink()
    pack, problems = inspect_pack(tree.root)
    assert pack is None
    assert [(p.file, p.given) for p in problems] == [("pack.yaml", "no such file")]


def test_a_value_of_the_wrong_type(tree):
    tree.exercise("lift", name=["a", "list"])
    problem = tree.problem
    assert (problem.file, problem.field) == ("exercises/lift.yaml", "name")
    assert problem.given == "['a', 'list']"
    assert problem.allowed == "text"
    assert problem.line == 2


def test_a_name_outside_a_closed_list(tree):
    tree.exercise("lift", position="side-laying")
    assert tree.problem.field == "position"
    assert tree.problem.given == "side-laying"
    assert "did you mean side-lying?" in tree.problem.allowed
    assert "standing" in tree.problem.allowed


def test_an_unknown_field(tree):
    tree.exercise("lift", positon="supine")
    assert tree.problem.given == "unknown field positon"
    assert "did you mean position?" in tree.problem.allowed


def test_an_unknown_field_deep_inside(tree):
    tree.slot(work={"reps": 10, "temp": {}})
    assert tree.problem.field == "blocks[0].slots[0].work.temp"
    assert "did you mean tempo?" in tree.problem.allowed


def test_a_field_that_is_missing(tree):
    tree.exercise("lift", level=...)
    assert (tree.problem.field, tree.problem.given) == ("level", "nothing")


@pytest.mark.parametrize(
    ("work", "field", "allowed"),
    [
        ({"reps": 0}, "reps", "at least 1"),
        ({"reps": 201}, "reps", "at most 200"),
        ({"hold_s": 0}, "hold_s", "more than 0"),
        ({"reps": 5, "tempo": {"lift": 0.01}}, "tempo.lift", "at least 0.1"),
        ({"hold_s": "long"}, "hold_s", "a number"),
    ],
)
def test_numbers_out_of_bounds(tree, work, field, allowed):
    tree.slot(work=work)
    assert tree.problem.field == f"blocks[0].slots[0].work.{field}"
    assert tree.problem.allowed == allowed


def test_minutes_stand_in_order(tree):
    tree.session(minutes=[10, 1])
    assert (tree.problem.field, tree.problem.given) == ("minutes", "[10, 1]")
    assert tree.problem.allowed == "the shortest time first, then the longest"


@pytest.mark.parametrize("work", [{}, {"reps": 5, "hold_s": 5}])
def test_work_is_of_one_kind(tree, work):
    tree.slot(work=work)
    assert tree.problem.allowed == "say one of reps, hold_s and count_s"


def test_a_slug_that_is_not_the_file_name(tree):
    tree.write("exercises/other.yaml", (tree.root / "exercises/lift.yaml").read_text())
    assert (tree.problem.field, tree.problem.given) == ("slug", "lift")
    assert tree.problem.allowed == "the file's name: other"


def test_not_utf8(tree):
    tree.write("exercises/bad.yaml", b"format: 1\nname: \xff\xfe\n")
    assert (tree.problem.line, tree.problem.given) == (2, "byte 0xff")
    assert tree.problem.allowed == "text in UTF-8"


def test_a_huge_file_is_not_read(tree):
    tree.write("exercises/huge.yaml", "x" * 10_000_000)
    assert tree.problem.given == "10000000 bytes"
    assert tree.problem.allowed == f"at most {MAX_BYTES} bytes"


@pytest.mark.parametrize(
    ("text", "given"), [("- a\n", "a list"), ("word", "a str"), ("", "nothing")]
)
def test_a_file_that_is_no_mapping(tree, text, given):
    tree.write("exercises/odd.yaml", text)
    assert tree.problem.given == given


def test_a_bomb(tree):
    tree.write("exercises/bomb.yaml", "a: &a [x]\nb: [*a, *a]\n")
    assert (tree.problem.line, tree.problem.given) == (1, "&a")


def test_a_duplicate_key(tree):
    text = (tree.root / "exercises/lift.yaml").read_text() + "name: Again\n"
    tree.write("exercises/lift.yaml", text)
    assert tree.problem.given == "name twice"


def test_a_link_out_of_the_pack(tree, tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("format: 1")
    (tree.root / "exercises/link.yaml").symlink_to(secret)
    assert tree.problem.given == "a symbolic link"


def test_a_folder_that_is_a_link(tree, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tree.root / "articles").symlink_to(tmp_path / "elsewhere")
    assert (tree.problem.file, tree.problem.given) == ("articles", "a symbolic link")


def test_a_pipe_is_not_opened(tree):
    os.mkfifo(tree.root / "exercises/pipe.yaml")
    assert tree.problem.given == "no plain file"


def test_an_unknown_file(tree):
    tree.write("exercise/clam.yaml", "format: 1")
    assert tree.problem.file == "exercise"
    assert "did you mean exercises?" in tree.problem.allowed


def test_an_unknown_ending(tree):
    tree.write("exercises/notes.txt", "hello")
    assert tree.problem.allowed == "files that end in .yaml"


def test_hidden_files_are_nobodys_business(tree):
    tree.write(".DS_Store", b"\x00")
    tree.write("exercises/.clam.yaml.swp", b"\x00")
    assert not tree.problems


MATTER = """\
format: 1
slug: why
title: Why hips
summary: A reason.
published: 2026-11-01
authors: [A coach]
picture: lift
claims:
- id: helps
  text: It helps some.
  evidence: [study]
"""


@pytest.fixture
def study(tree):
    """The card that the article cites."""
    tree.card("study")


def test_an_article_has_front_matter_and_text(tree, study):
    text = "First line.[^helps]\n\n---\n\nMore."
    tree.write("articles/why.md", f"---\n{MATTER}---\n\n{text}\n")
    assert tree.pack.articles["why"].body == text


def test_a_byte_order_mark_is_no_part_of_the_text(tree, study):
    text = f"---\n{MATTER}---\nText[^helps]\n"
    tree.write("articles/why.md", text.encode("utf-8-sig"))
    assert tree.pack.articles["why"].body == "Text[^helps]"


def test_an_article_without_front_matter(tree):
    tree.write("articles/why.md", "# Why\n")
    assert tree.problem.given == "a str"
    assert "---" in tree.problem.allowed


def test_an_article_fault_names_the_line_of_the_file(tree, study):
    matter = MATTER.replace("A reason.", "3")
    tree.write("articles/why.md", f"---\n{matter}---\nText[^helps]\n")
    assert (tree.problem.field, tree.problem.line) == ("summary", 5)


def test_every_problem_is_told_at_once(tree):
    tree.exercise("lift", level="huge", position="flying")
    tree.write("exercises/bad.yaml", b"\xff")
    tree.card("study", effect=...)
    found = {(p.file, p.field) for p in tree.problems}
    assert found == {
        ("exercises/bad.yaml", ""),
        ("exercises/lift.yaml", "level"),
        ("exercises/lift.yaml", "position"),
        ("evidence/study.yaml", "effect"),
    }


def test_a_broken_pack_does_not_open(tree):
    tree.exercise("lift", level="huge")
    with pytest.raises(BrokenPackError, match=r"exercises/lift.yaml:\d+: level: huge") as caught:
        open_pack(tree.root)
    assert len(caught.value.problems) == 1


_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
_keys = st.sampled_from(
    ["format", "slug", "name", "extends", "motion", "cues", "phases", "poses", "start", "muscles"]
) | st.text(max_size=6)
_documents = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=6),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(document=_documents)
def test_no_document_crashes_the_reader(tree, document):
    tree.write("exercises/any.yaml", yaml.safe_dump(document, allow_unicode=True))
    problems = tree.problems
    assert problems
    assert all(p.file == "exercises/any.yaml" and p.allowed for p in problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_change_to_a_sound_exercise_crashes_the_check(tree, data):
    filed = read_pack(tree.root).pack.filed("exercise", "lift")
    document = {**filed.data, data.draw(st.sampled_from(sorted(filed.data))): data.draw(_documents)}
    tree.write("exercises/any.yaml", yaml.safe_dump(document, allow_unicode=True))
    assert all(p.allowed for p in tree.problems)
