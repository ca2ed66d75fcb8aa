# SPDX-License-Identifier: Apache-2.0
import pytest

from hipfirst.planning.thresholds import MAX_BYTES, Thresholds, ThresholdsError, load_thresholds


def loaded(tmp_path, text):
    path = tmp_path / "knee-rules.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_thresholds(path)


def test_a_file_changes_what_it_names(tmp_path):
    found = loaded(tmp_path, "amber: 2\nred: 4\nstop_days: 3\n")
    assert found == Thresholds(amber=2, red=4, stop_days=3)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n"])
def test_an_empty_file_changes_nothing(tmp_path, text):
    assert loaded(tmp_path, text) == Thresholds()


def test_no_file_changes_nothing(tmp_path):
    assert load_thresholds(tmp_path / "knee-rules.yaml") == Thresholds()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("amber: 11\n", "knee-rules.yaml:1: amber: 11; allowed: at most 10"),
        ("red: 5\nambre: 3\n", "knee-rules.yaml:2: ambre"),
        ("amber: 6\n", "amber 6, red 5, flare 7: each must be higher than the one before"),
        (
            "red_stance_deg: 50\n",
            "red_stance_deg 50: at most amber_stance_deg, 45",
        ),
        ("easy_effort: 11\n", "knee-rules.yaml:1: easy_effort: 11; allowed: at most 10"),
        ("rating_days: 0\n", "knee-rules.yaml:1: rating_days: 0; allowed: at least 1"),
        ("amber: [\n", "knee-rules.yaml:"),
        ("- amber\n", "`field: value` lines"),
        (b"\xff\xfe", "text in UTF-8"),
        (b"#" * (MAX_BYTES + 1), f"at most {MAX_BYTES} bytes"),
    ],
)
def test_what_may_not_be_used_is_said_with_file_and_what_is_allowed(tmp_path, text, told):
    with pytest.raises(ThresholdsError) as caught:
        loaded(tmp_path, text)
    assert told in str(caught.value)


def test_everything_wrong_is_said_at_once(tmp_path):
    with pytest.raises(ThresholdsError) as caught:
        loaded(tmp_path, "amber: 0\nstop_days: 99\n")
    assert [problem.field for problem in caught.value.problems] == ["amber", "stop_days"]


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ThresholdsError, match="a file to read"):
        load_thresholds(tmp_path)
