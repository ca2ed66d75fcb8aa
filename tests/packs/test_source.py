# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.packs.source import MAX_DEPTH, parse


def test_values_are_the_plain_ones():
    tree = parse("a: 1\nb: [1.5, '2', yes, null, true, 2020-01-01, 1:30]\nc: |\n  x\n  y\n")
    assert tree.value == {
        "a": 1,
        "b": [1.5, "2", "yes", None, True, "2020-01-01", "1:30"],
        "c": "x\ny\n",
    }
    assert not tree.faults


def test_lines_are_known_for_every_part():
    tree = parse("a: 1\nb:\n  - c: 2\n    d: 3\n", first_line=10)
    assert tree.line(("a",)) == 10
    assert tree.line(("b", 0, "d")) == 13
    assert tree.line(("b", 0, "nowhere")) == 12


@pytest.mark.parametrize(
    ("text", "given", "line"),
    [
        ("a: &x 1\nb: *x", "&x", 1),
        ("a: *x", "*x", 1),
        ("a: !!python/object:os.system x", "tag:yaml.org,2002:python/object:os.system", 1),
        ("a: 1\nb: 2\na: 3", "a twice", 3),
        ("a:\n\tb: 1", "a tab", 2),
        ("a: 1\n---\nb: 2", "a second document", 2),
        ("? [1, 2]\n: 3", "a list or mapping as a key", 1),
        ("a: " + "[" * 30 + "]" * 30, "too many levels", 1),
    ],
)
def test_surprising_yaml_is_refused(text, given, line):
    (fault,) = parse(text).faults
    assert (fault.given, fault.line) == (given, line)
    assert fault.allowed


def test_syntax_errors_say_where():
    (fault,) = parse("a: 1\nb: c: d\n").faults
    assert fault.line == 2
    assert "not YAML" in fault.allowed


def test_a_bomb_is_refused_before_it_grows():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (fault,) = parse("\n".join(lines)).faults
    assert fault.given == "&a0"


def test_nesting_up_to_the_limit_is_read():
    assert not parse("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH).faults
    assert parse("[" * (MAX_DEPTH + 1) + "1" + "]" * (MAX_DEPTH + 1)).faults


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_gives_a_tree_or_a_fault(text):
    tree = parse(text)
    assert tree.faults == [] or all(fault.allowed for fault in tree.faults)


@given(st.text(st.sampled_from("ab:- \n[]{},&*!|>'\"#?%@1.~\t"), max_size=120))
def test_yaml_like_text_gives_a_tree_or_a_fault(text):
    tree = parse(text)
    assert tree.faults == [] or all(fault.allowed for fault in tree.faults)
