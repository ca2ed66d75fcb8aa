# SPDX-License-Identifier: Apache-2.0
from hipfirst.packs.problems import GIVEN_LENGTH, Problem, choices, field_path, quoted


def test_a_problem_says_where_what_and_what_instead():
    problem = Problem("exercises/clam.yaml", 4, "level", "huge", "gentle, steady, strong")
    assert str(problem) == "exercises/clam.yaml:4: level: huge; allowed: gentle, steady, strong"
    assert str(Problem("pack.yaml", 0, "", "", "a file")) == "pack.yaml: allowed: a file"


def test_problems_stand_in_the_order_of_file_and_line():
    first, second = Problem("a", 2, "z", "", ""), Problem("a", 10, "b", "", "")
    assert sorted([second, first]) == [first, second]


def test_a_near_name_is_guessed_and_all_are_listed():
    assert choices("clma", ["bridge", "clam"]) == "bridge, clam (did you mean clam?)"
    assert choices("zzz", ["bridge", "clam"]) == "bridge, clam"
    assert choices("zzz", []) == "nothing: there are none"


def test_a_long_list_is_cut():
    assert choices("zzz", [f"n{i:02}" for i in range(40)], most=2) == "n00, n01, …"


def test_quotations_are_short_and_on_one_line():
    assert quoted("a\n b") == "a b"
    assert quoted([1]) == "[1]"
    assert len(quoted("x" * 500)) == GIVEN_LENGTH


def test_places_read_like_paths():
    assert field_path(("blocks", 0, "slots", 12, "work")) == "blocks[0].slots[12].work"
    assert field_path(()) == ""
