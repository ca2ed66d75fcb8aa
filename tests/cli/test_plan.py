# SPDX-License-Identifier: Apache-2.0
import json
import shutil

import pytest

from hipfirst.cli import main
from hipfirst.cli.motion import STARTER

BUILD = "build-lower-body-detail"


def told(capsys, *args, status=0):
    assert main(["plan", *args]) == status
    return capsys.readouterr()


def planned(capsys, *args):
    return json.loads(told(capsys, "--session", BUILD, *args, "--json").out)


def test_json_has_every_slot_side_by_side(capsys):
    found = planned(capsys, "--kit", "chair,cushion")
    assert list(found) == ["session", "minutes", "slots", "changes"]
    assert (found["session"], found["changes"]) == (BUILD, [])
    assert 25 <= found["minutes"] <= 30
    keys = ["exercise", "side", "sets", "reps", "seconds", "rest", "substitutes"]
    assert all(list(entry) == keys for entry in found["slots"])
    clams = [entry for entry in found["slots"] if entry["exercise"] == "clam"]
    assert [entry["side"] for entry in clams] == ["left", "right"]
    assert (clams[0]["sets"], clams[0]["reps"], clams[0]["seconds"]) == (2, 10, 55)
    (squeeze,) = [e for e in found["slots"] if e["exercise"] == "prone-heel-squeeze"]
    assert (squeeze["side"], squeeze["reps"], squeeze["seconds"]) == ("both", None, 20)


def test_no_kit_means_floor_and_wall_only(capsys):
    found = planned(capsys)
    rules = {change["rule"]: change for change in found["changes"]}
    assert set(rules) == {"kit"}
    assert "at hand" in rules["kit"]["because"]


def test_every_option_reaches_the_plan(capsys):
    found = planned(
        capsys,
        *("--pain-left", "4", "--worst-left", "6", "--pain-right", "0", "--worst-right", "1"),
        *("--hurts", "stairs, kneeling", "--avoid", "prone", "--kit", "mat,chair"),
        *("--minutes", "20", "--experience", "new", "--age-band", "teen", "--weaker", "left"),
    )
    assert found["minutes"] <= 21
    rules = {change["rule"] for change in found["changes"]}
    assert rules >= {"minutes", "under-16", "sore-push", "avoid-position"}
    assert "under-16-rung" in rules
    left_out = [change for change in found["changes"] if change["to"] is None]
    assert all(set(change) == {"from", "to", "rule", "because"} for change in found["changes"])
    assert {change["rule"] for change in left_out} <= {"minutes", "nothing-fits"}


def test_experience_reaches_the_plan(capsys):
    found = planned(capsys, "--experience", "new")
    assert "new" in {change["rule"] for change in found["changes"]}


def test_words_for_people(capsys):
    out = told(capsys, "--session", BUILD, "--pain-right", "8").out
    assert out.startswith("Flare Day in place of Build: Lower Body Detail: ")
    assert "Build: Lower Body Detail > Flare Day: Right knee: a flare today." in out
    assert "[flare]" in out


@pytest.mark.parametrize(
    ("option", "given", "allowed"),
    [
        ("--pain-left", "11", "0 to 10"),
        ("--pain-right", "-1", "0 to 10"),
        ("--worst-left", "much", "0 to 10"),
        ("--worst-right", "1.5", "0 to 10"),
        ("--minutes", "-3", "5 to 180"),
        ("--minutes", "4", "5 to 180"),
        ("--kit", "rocket", "chair"),
        ("--hurts", "stares", "did you mean stairs?"),
        ("--avoid", "ceiling", "kneeling"),
        ("--experience", "decades", "years"),
        ("--age-band", "child", "teen"),
        ("--weaker", "both", "left, right"),
        ("--red-flag", "calves", "did you mean calf?"),
        ("--session", "biuld", BUILD),
        ("--rules", "nowhere.yaml", "a file that is there"),
    ],
)
def test_what_is_not_allowed_is_said_with_option_and_choices(capsys, option, given, allowed):
    session = [] if option == "--session" else ["--session", BUILD]
    err = told(capsys, *session, option, given, status=2).err
    (line,) = err.splitlines()
    assert line.startswith(f"{option} {given}: ")
    assert allowed in line


def test_everything_wrong_is_said_at_once(capsys):
    err = told(capsys, "--pain-left", "11", "--minutes", "-3", "--kit", "rocket", status=2).err
    assert [line.split()[0] for line in err.splitlines()] == [
        "--session",
        "--pain-left",
        "--kit",
        "--minutes",
    ]


def test_a_pack_that_is_none(capsys, tmp_path):
    err = told(capsys, "--session", BUILD, "--pack", str(tmp_path), status=2).err
    assert err.startswith(f"--pack {tmp_path}: ")


def test_a_red_flag_stops_with_the_advice(capsys):
    out = told(capsys, "--session", BUILD, "--red-flag", "calf", status=3).out
    assert "can be a sign of a blood clot" in out
    assert "Say: " in out
    asked = ("--session", BUILD, "--red-flag", "calf,locked", "--json")
    flags = json.loads(told(capsys, *asked, status=3).out)["red_flags"]
    assert [flag["slug"] for flag in flags] == ["calf", "locked"]


def test_when_nothing_is_left_the_rule_is_named(capsys):
    err = told(capsys, "--session", BUILD, "--avoid", "floor,standing", status=4).err
    assert "'avoid-floor'" in err


def test_a_test_waits_whatever_else_is_answered(capsys):
    err = told(capsys, "--session", "self-test", "--pain-left", "6", status=4).err
    assert err.endswith("The test waits for a calmer day.\n")
    assert "--avoid" not in err


def test_thresholds_of_the_owner(capsys, tmp_path):
    rules = tmp_path / "knee-rules.yaml"
    rules.write_text("flare: 6\n")
    asked = ("--pain-left", "6", "--kit", "chair", "--rules", str(rules))
    assert planned(capsys, *asked)["session"] == "flare-day"
    rules.write_text("flare: 3\n")
    err = told(capsys, "--session", BUILD, "--rules", str(rules), status=2).err
    assert err.startswith("--rules knee-rules.yaml:")
    assert "each must be higher than the one before" in err


def test_lists_that_are_given_several_times_are_joined(capsys):
    apart = planned(capsys, "--avoid", "floor", "--avoid", "kneeling,prone", "--kit", "chair")
    assert apart == planned(capsys, "--avoid", "floor,kneeling,prone", "--kit", "chair")
    assert apart != planned(capsys, "--avoid", "kneeling,prone", "--kit", "chair")
    asked = ("--session", BUILD, "--red-flag", "calf", "--red-flag", "locked", "--json")
    flags = json.loads(told(capsys, *asked, status=3).out)["red_flags"]
    assert [flag["slug"] for flag in flags] == ["calf", "locked"]


@pytest.mark.parametrize("option", ["--hurts", "--avoid", "--kit", "--red-flag"])
def test_an_empty_list_is_no_answer(capsys, option):
    for given in ("", " , "):
        err = told(capsys, "--session", BUILD, option, given, status=2).err
        assert err.startswith(f"{option} (nothing): allowed: ")


def test_a_pack_that_can_not_be_planned(capsys, tmp_path):
    pack = tmp_path / "pack"
    shutil.copytree(STARTER, pack)
    for path in pack.glob("exercises/**/clam.yaml"):
        path.unlink()
    told(capsys, "--session", BUILD, "--pack", str(pack), status=2)
