# SPDX-License-Identifier: Apache-2.0
"""Sites of earlier versions kept their knee rules in a file: its numbers are taken over once."""

from __future__ import annotations

from pathlib import Path

from hipfirst.web.project.start import StartError

FILE = "knee-rules.yaml"
TAKEN = "knee-rules.taken-over.yaml"
WHERE = "the settings of the site (/behind/, knee rules)"


def knee_file_take(data: Path) -> str:
    """What became of the file in the data folder; empty: there is none. Raises StartError."""
    from hipfirst.planning.thresholds import ThresholdsError, load_thresholds  # noqa: PLC0415
    from hipfirst.web.site.actions import knee_rules_set  # noqa: PLC0415
    from hipfirst.web.site.queries import site_settings  # noqa: PLC0415

    path = data / FILE
    if not path.exists():
        return ""
    if site_settings().knee_rules:
        return f"{path} is not read: the numbers that hold are in {WHERE}. Remove the file."
    try:
        knee_rules_set(thresholds=load_thresholds(path))
    except ThresholdsError as error:
        raise StartError(
            f"{error}\nCorrect {path}, or remove it: then the defaults hold."
        ) from error
    path.rename(path.with_name(TAKEN))
    return f"{path}: its numbers are now in {WHERE}; the file is renamed to {TAKEN}."
