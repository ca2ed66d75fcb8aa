# SPDX-License-Identifier: Apache-2.0
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.packs.extend import merge

BARE = {"format": 1, "name": "Child"}
SAID = {"avoid": "Haste.", "breathe": "Out."}
_values = st.recursive(
    st.integers(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner), max_leaves=8
)
_mappings = st.dictionaries(st.sampled_from("abc"), _values)


def test_a_rung_says_only_what_differs(tree):
    tree.exercise("raised", base=BARE, extends="lift", level="strong", cues={"feel": "More."})
    child, parent = tree.pack.exercises["raised"], tree.pack.exercises["lift"]
    assert (child.level, child.cues.feel) == ("strong", "More.")
    assert child.cues.move == parent.cues.move
    assert child.motion == parent.motion
    assert child.extends == "lift"


def test_lists_are_replaced(tree):
    muscles = [{"muscle": "calf", "role": "main", "side": "both"}]
    tree.exercise("raised", base=BARE, extends="lift", muscles=muscles)
    assert [use.muscle for use in tree.pack.exercises["raised"].muscles] == ["calf"]


def test_what_belongs_to_a_rung_alone_is_not_taken_over(tree):
    tree.exercise("lift", aliases=["Up"], harder="top")
    tree.exercise("top", easier="lift")
    tree.exercise("raised", base=BARE, extends="lift")
    child = tree.pack.exercises["raised"]
    assert (child.name, child.aliases, child.harder) == ("Child", (), None)


def test_a_chain_is_followed_to_its_end(tree):
    tree.exercise("raised", base=BARE, extends="lift", level="steady")
    tree.exercise("higher", base=BARE, extends="raised", kit=["mat", "towel"])
    child = tree.pack.exercises["higher"]
    assert (child.level, child.kit, child.position) == ("steady", ("mat", "towel"), "supine")


def test_extending_what_is_not_there(tree):
    tree.exercise("raised", extends="lfit")
    assert (tree.problem.file, tree.problem.field) == ("exercises/raised.yaml", "extends")
    assert tree.problem.given == "lfit"
    assert "did you mean lift?" in tree.problem.allowed


def test_extending_in_a_circle(tree):
    tree.exercise("raised", extends="higher")
    tree.exercise("higher", extends="raised")
    assert [p.given for p in tree.problems] == [
        "higher -> raised -> higher",
        "raised -> higher -> raised",
    ]


def test_extending_itself(tree):
    tree.exercise("raised", extends="raised")
    assert tree.problem.given == "raised -> raised"


def test_extending_something_of_another_type(tree):
    tree.exercise("raised", extends=["lift"])
    assert {p.field for p in tree.problems} == {"extends"}


@given(_mappings, _mappings)
def test_merging_keeps_every_key_and_prefers_the_upper(base, over):
    merged = merge(base, over)
    assert set(merged) == set(base) | set(over)
    assert merge(merged, over) == merged
    assert all(merged[k] == v for k, v in over.items() if not isinstance(v, dict))


@given(_mappings)
def test_nothing_laid_on_changes_nothing(base):
    assert merge(base, {}) == base
    assert merge({}, base) == base


def test_a_rung_is_laid_on_what_its_parent_amounts_to(tree):
    tree.exercise("lift", evidence=[], cues={"set_up": "A", "move": "A", "feel": "A"} | SAID)
    tree.exercise("raised", base=BARE, extends="lift", cues={"move": "B", "feel": "B"})
    tree.exercise("higher", base=BARE, extends="raised", cues={"feel": "C"})
    cues = tree.pack.exercises["higher"].cues
    assert (cues.set_up, cues.move, cues.feel) == ("A", "B", "C")
