# SPDX-License-Identifier: Apache-2.0
"""What a coach writes, declared once: exercise, session, program, article, evidence, manifest.

A document is one file whose name is its slug. `read` checks files against these types, JSON Schema
is generated from them, and the database stores them unchanged. The description of every field is
its documentation: `docs/packs.md` prints it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from hipfirst.packs.base import Document, Language, Line, Slug, Text
from hipfirst.packs.motion_document import MotionDocument
from hipfirst.packs.vocabulary import CueName, Kind, Kit, Level, Muscle, Position

Minutes = Annotated[int, Field(ge=1, le=180)]
Reps = Annotated[int, Field(ge=1, le=200)]
PhaseSeconds = Annotated[float, Field(ge=0.1, le=600)]
HoldSeconds = Annotated[float, Field(gt=0, le=600)]
CountSeconds = Annotated[float, Field(ge=5, le=120)]
Access = Literal["everyone", "members"]
Area = Literal["knee", "hip", "groin", "thigh", "back", "neck", "shoulder", "wrist"]


class Header(Document):
    """What every document of a pack begins with."""

    format: Literal[1] = Field(description="Version of this format; always 1.")
    slug: Slug = Field(description="The name of the file without its ending; never changes.")
    language: Language = Field("en", description="Language of the texts, such as `en` or `pt-BR`.")


class MuscleUse(Document):
    """One muscle and what it does in the movement."""

    muscle: Muscle = Field(description="Which muscle.")
    role: Literal["main", "helps"] = Field(description="`main`, or `helps`.")
    side: Literal["working", "other", "both"] = Field(
        description="Whether it works on the working side, the other side or both."
    )


class Caution(Document):
    """When to change or stop the movement."""

    area: Area = Field(description="Part of the body that may complain.")
    text: Line = Field(description="What to do then.")


class Cues(Document):
    """What is said to the person who moves. Sides switch: say `top leg`, never left or right."""

    set_up: Text = Field(description="How to get into the starting position.")
    move: Text = Field(description="What to do, in order.")
    feel: Text = Field(description="Where the work or the stretch is felt.")
    avoid: Text = Field(description="What to leave out.")
    breathe: Text = Field(description="When to breathe in and out.")


class WorkPlan(Document):
    """What one set on one side asks for: repetitions, one hold, or as many as go in some time."""

    reps: Reps | None = Field(None, description="Repetitions.")
    hold_s: HoldSeconds | None = Field(None, description="Seconds to hold, instead of `reps`.")
    count_s: CountSeconds | None = Field(
        None,
        description="Seconds in which repetitions are counted, instead of `reps`: a test. What was "
        "counted is its result.",
    )
    measured: bool = Field(
        False,
        description="A hold that is a test: it ends when the person stops, `hold_s` at the latest. "
        "How long it was held is its result.",
    )
    tempo: dict[str, PhaseSeconds] = Field(
        {}, description="Seconds for phases of the motion, by name, where they differ from it."
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if [self.reps, self.hold_s, self.count_s].count(None) != 2:
            raise ValueError("say one of reps, hold_s and count_s")
        if self.measured and self.hold_s is None:
            raise ValueError("measured is said of a hold; a count is measured anyway")
        return self

    @property
    def is_test(self) -> bool:
        """Whether what is done is a result and no dose."""
        return self.measured or self.count_s is not None


class Recording(Document):
    """One cue as a person says it; it is played instead of the device's voice."""

    cue: CueName = Field(description="Which cue is heard.")
    file: Annotated[str, Field(pattern=r"^audio/[a-z0-9][a-z0-9/-]*\.(mp3|m4a|ogg|opus|wav)$")] = (
        Field(description="The recording: a path inside the pack that begins with `audio/`.")
    )
    licence: Line = Field(description="Licence of the recording, as an SPDX identifier.")
    credit: Line = Field(description="Who is heard, and who made the recording.")


class Exercise(Header):
    """One movement, written for one side; the other is its mirror."""

    name: Line = Field(description="Name shown to members.")
    aliases: tuple[Line, ...] = Field((), description="Other names it is known and searched by.")
    extends: Slug | None = Field(
        None,
        description="Exercise whose fields are taken over where this file says nothing. Mappings "
        "merge, lists are replaced; name, aliases and the ladder are not taken over.",
    )
    access: Access = Field(
        "everyone",
        description="`members`: only they may see it. Then it has no `work`, so that it is never "
        "offered in place of another, and only sessions for members hold it, after their third "
        "slot.",
    )
    position: Position = Field(description="Position of the body.")
    kit: tuple[Kit, ...] = Field((), description="What is used; a mat counts as comfort.")
    level: Level = Field(description="How demanding it is.")
    aim: Literal["strength", "stretch", "mobility"] = Field(
        "strength", description="What it is for; one stands in only for another with the same aim."
    )
    summary: Line = Field(description="One sentence: what it trains.")
    muscles: tuple[MuscleUse, ...] = Field(min_length=1, description="What works, most first.")
    cautions: tuple[Caution, ...] = Field((), description="When to change or stop.")
    easier: Slug | None = Field(None, description="The next rung down the ladder.")
    harder: Slug | None = Field(None, description="The next rung up the ladder.")
    cues: Cues = Field(description="What is said to the person who moves.")
    recordings: tuple[Recording, ...] = Field((), description="Cues recorded by a person.")
    work: WorkPlan | None = Field(
        None,
        description="What one set on one side usually asks for; a movement without it is never "
        "offered in place of another.",
    )
    evidence: tuple[Slug, ...] = Field((), description="Evidence cards this exercise cites.")
    motion: MotionDocument | None = Field(
        None, description="The movement itself: angles over time and contacts."
    )


class SlotPlan(Document):
    """A place in the session that a rung of an exercise fills."""

    id: Slug = Field(
        description="Name of the slot, unique in the session; never changes. Slots of the same "
        "name in the sessions of a program share a log, which leads their rungs."
    )
    exercise: Slug = Field(description="Exercise it starts with.")
    rungs: tuple[Slug, ...] = Field(
        (),
        description="Exercises that may fill it, easiest first; without it the exercise and its "
        "neighbours on the ladder.",
    )
    work: WorkPlan = Field(description="What one set on one side asks for.")
    work_for: dict[Slug, WorkPlan] = Field({}, description="Other work for single rungs.")
    sets: int = Field(1, ge=1, le=20, description="Sets, on each side.")
    rest_s: float = Field(0, ge=0, le=600, description="Rest after a set in seconds.")
    sides: Literal["each", "both", "weaker"] = Field(
        description="`each`: every set is done left and right; `both`: the sides work together or "
        "in turn; `weaker`: only the side that a member names as weaker, else as `each`."
    )
    why: Line = Field(description="One sentence: why it is in this session.")


class Block(Document):
    """Slots that belong together under one heading."""

    title: Line = Field(description="Heading.")
    slots: tuple[SlotPlan, ...] = Field(min_length=1, description="What is done, in order.")


class Session(Header):
    """An ordered set of slots."""

    title: Line = Field(description="Title shown to members.")
    summary: Text = Field(description="One or two sentences: what it is for.")
    access: Access = Field(
        "everyone", description="`members`: only they may play it whole; everybody sees a preview."
    )
    level: Level = Field(description="How demanding it is.")
    minutes: tuple[Minutes, Minutes] = Field(
        description="Shortest and longest time it may take; the check computes the real one."
    )
    blocks: tuple[Block, ...] = Field(min_length=1, description="Its parts, in order.")
    evidence: tuple[Slug, ...] = Field((), description="Evidence cards this session cites.")

    @field_validator("minutes")
    @classmethod
    def _in_order(cls, minutes: tuple[int, int]) -> tuple[int, int]:
        if minutes[0] > minutes[1]:
            raise ValueError("the shortest time first, then the longest")
        return minutes


class Week(Document):
    """One week of a program."""

    focus: Line = Field("", description="What the week is about, in a few words.")
    sessions: tuple[Slug, ...] = Field(min_length=1, description="Sessions of the week, in order.")
    also: tuple[Slug, ...] = Field(
        (),
        description="Sessions that are offered beside them, such as a test. They are no step: no "
        "day is planned for them, and nothing waits until they are done.",
    )


class Program(Header):
    """Sessions over weeks. What a slot does is led by its log, on each side by itself."""

    title: Line = Field(description="Title shown to members.")
    summary: Text = Field(description="One or two sentences: what it is for.")
    access: Access = Field(
        "everyone", description="`members`: only they may follow it; everybody sees a preview."
    )
    weeks: tuple[Week, ...] = Field(min_length=1, description="Its weeks, in order.")
    evidence: tuple[Slug, ...] = Field((), description="Evidence cards this program cites.")


class Claim(Document):
    """A statement that rests on evidence; the text cites it as `[^id]`."""

    id: Slug = Field(description="Name of the claim, unique in the article.")
    text: Text = Field(description="The statement in one sentence, as far as the cards carry it.")
    evidence: tuple[Slug, ...] = Field(min_length=1, description="Cards it rests on.")


class Article(Header):
    """Front matter of `articles/<slug>.md` between two lines of `---`; the text follows.

    The text is Markdown without HTML. A link leads to another document by kind and slug, such as
    `[clam](exercise:clam)`: exercise, session, program, article, evidence or muscle. A picture of
    an exercise is `![caption](exercise:clam)`. Each claim is cited where it is made: `[^id]`.
    """

    title: Line = Field(description="Title shown to readers.")
    summary: Text = Field(description="One or two sentences: what the reader gets from it.")
    access: Access = Field(
        "everyone", description="`members`: only they may read it; everybody sees its summary."
    )
    published: date = Field(description="When it was published: YYYY-MM-DD.")
    updated: date | None = Field(None, description="When what it says last changed.")
    authors: tuple[Line, ...] = Field(min_length=1, description="Who wrote it.")
    picture: Slug = Field(description="Exercise whose picture stands for the article.")
    sessions: tuple[Slug, ...] = Field(
        (), description="Sessions it leads to, the most fitting first."
    )
    claims: tuple[Claim, ...] = Field(
        min_length=1, description="Statements that rest on evidence; an article makes at least one."
    )
    body: str = Field(
        min_length=1, description="The text in Markdown: everything after the front matter."
    )


class Source(Document):
    """Where the study can be read."""

    citation: Text = Field(description="Authors, year, journal, as far as they are known.")
    url: Annotated[str, Field(pattern=r"^https://", max_length=300)] | None = Field(
        None, description="Address of the study or its abstract."
    )
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = Field(
        None, description="Digital object identifier, once read at the source."
    )


class EvidenceCard(Header):
    """One study: what was found, in whom, how sure, and where it stops."""

    title: Line = Field(description="What the study asked, in plain words.")
    source: Source = Field(description="Where it can be read.")
    design: Line = Field(description="Kind of study.")
    people: Text = Field(description="Who took part, and how many.")
    comparator: Text = Field(description="What was compared with what.")
    effect: Text = Field(description="What was found, with numbers and units where known.")
    uncertainty: Text = Field(description="How sure that is: interval, spread, size.")
    length: Line = Field(
        description="How long it lasted and how long people were followed; for a measurement, that "
        "it was one."
    )
    limits: Text = Field(description="What may not be concluded from it.")
    later: Text | None = Field(None, description="What later studies added.")


class Manifest(Document):
    """`pack.yaml`: what the pack is and who answers for it."""

    format: Literal[1] = Field(description="Version of this format; always 1.")
    slug: Slug = Field(description="Name of the pack; never changes.")
    name: Line = Field(description="Name shown to the operator.")
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")] = Field(
        description="Version as three numbers, such as `1.0.0`."
    )
    language: Language = Field("en", description="Main language of the pack.")
    licence: Line = Field(description="Licence of the content, as an SPDX identifier.")
    authors: tuple[Line, ...] = Field(min_length=1, description="Who wrote it.")
    summary: Line = Field(description="One sentence: what is in it.")


MODELS: dict[Kind, type[Header]] = {
    "exercise": Exercise,
    "session": Session,
    "program": Program,
    "article": Article,
    "evidence": EvidenceCard,
}
"""The type of each kind of document."""
NOT_INHERITED = frozenset(
    {"format", "slug", "extends", "name", "aliases", "easier", "harder", "recordings"}
)
"""Fields of an exercise that `extends` never takes over."""
