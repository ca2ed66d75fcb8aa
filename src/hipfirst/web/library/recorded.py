# SPDX-License-Identifier: Apache-2.0
"""Recorded cues of a pack, served beside what was baked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from hipfirst.packs.documents import Exercise, Recording
from hipfirst.packs.pack import Pack
from hipfirst.web.library.baked import HASH_LENGTH, Baked, BakedFile
from hipfirst.web.library.errors import RecordingError


def with_recordings(baked: Baked, pack: Pack) -> Baked:
    """`baked` with the recordings of every exercise. Raises RecordingError for one without file."""
    exercises = dict(baked.exercises)
    for slug, exercise in pack.exercises.items():
        if exercise.recordings:
            derived = baked.of(slug)
            files = (*derived.files, *_files(pack, exercise))
            exercises[slug] = replace(derived, files=files)
    return Baked(exercises)


def kind_of(cue: str) -> str:
    """Under which kind of file the recording of a cue is served."""
    return f"audio-{cue}"


def _files(pack: Pack, exercise: Exercise) -> Iterator[BakedFile]:
    for recording in exercise.recordings:
        content = _content(pack, exercise, recording)
        digest = hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
        ending = recording.file.rpartition(".")[2]
        name = f"{exercise.slug}-{recording.cue}.{digest}.{ending}"
        yield BakedFile(kind_of(recording.cue), name, recording.file)


def _content(pack: Pack, exercise: Exercise, recording: Recording) -> bytes:
    path = (pack.root / recording.file).resolve()
    if not path.is_relative_to(pack.root.resolve()) or not path.is_file():
        raise RecordingError(
            f"exercise {exercise.slug!r} names the recording {recording.file!r}, which is no file "
            f"inside {pack.root}; `hipfirst check` finds all such"
        )
    return path.read_bytes()
