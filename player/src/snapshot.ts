// SPDX-License-Identifier: Apache-2.0
// What there is to see and say at one moment, worked out from the state; the view adds no rules.

import * as clocks from "./clock";
import {
  after,
  boutAt,
  cycleSeconds,
  choiceAt,
  heldPhase,
  isTest,
  openBout,
  playedIndex,
  recordAt,
  rungAt,
  rungIndex,
  secondsAfter,
  sideOf,
  slotAt,
  wayIn,
  workSeconds,
  type Place,
} from "./plan";
import { fitting, isAtRest, madeRoom, stepped, type Ache } from "./resting";
import type { Frame, Notice, Phase, State } from "./state";
import { carriedReps, phaseLength, READY_BY_HAND_S } from "./step";
import { hasWorkLeft } from "./transitions";
import type { Bout, BoutState, Rating, Rung, RunState, Slot } from "./wire";
import { planned, subject } from "./yielding";

/** One bout with all that the timeline says of it. */
export interface Scene {
  readonly place: Place;
  readonly slot: Slot;
  readonly bout: Bout;
  readonly rung: Rung;
  /** The side that works; a movement of both sides has none, whatever it stands in for. */
  readonly side: Bout["side"];
  /** Which set of how many: of one side, or of both where they work together. */
  readonly set: number;
  readonly sets: number;
  /** The pain that made room for this movement; null: there was none. */
  readonly ache: Ache | null;
}

/** Where the movement stands: the how-manieth stretch, how far through it, which repetition. */
export interface Motion {
  /** Index into the phases of the rung's work. */
  readonly stretch: number;
  /** 0 at the start of the stretch, 1 at its end. */
  readonly fraction: number;
  /** Repetitions finished. */
  readonly reps: number;
}

export interface Snapshot {
  readonly kind: Phase["kind"];
  readonly paused: boolean;
  readonly notice: Notice | null;
  readonly pace: number;
  /** The bout at hand. */
  readonly here: Scene;
  /** Where the run goes on by itself; null at its end. */
  readonly next: Scene | null;
  /** What the figure shows: the bout at hand, or in a rest the one to come. */
  readonly shown: Scene;
  readonly motion: Motion;
  /** Of the count, the rest, or the hold [s], rounded up; of repetitions: of the whole bout. */
  readonly secondsLeft: number;
  /** Of the phase, 0 to 1. */
  readonly fraction: number;
  /** The test at hand, from its count to its result; null: there is none. */
  readonly test: Test | null;
  readonly canEase: boolean;
  readonly canHarden: boolean;
  /** What a skip or a swap is about; null: nothing is left to skip. */
  readonly subject: Scene | null;
  /** Where a movement stands in there: the one that was planned, if it may come back. */
  readonly planned: Rung | null;
  /** What hurt in this run, in the order it was told. */
  readonly hurts: RunState["hurts"];
  /** Signs that somebody should look at: they ended the session. */
  readonly flags: RunState["flags"];
  /** How the session felt, once it was told. */
  readonly rating: Rating | null;
  readonly progress: readonly SlotProgress[];
  /** Until the end of the session if nothing is added or skipped [s]. */
  readonly sessionLeft: number;
}

/** A test as far as it has come. */
export interface Test {
  readonly kind: "hold" | "count";
  /** Whole seconds held, or repetitions counted. */
  readonly score: number;
  /** The result of an earlier try in this run; null: there is none. */
  readonly best: number | null;
}

export interface SlotProgress {
  readonly slot: Slot;
  /** The rung it is played with. */
  readonly rung: Rung;
  /** What one comes to where one goes there now. */
  readonly comes: Rung;
  readonly bouts: readonly BoutState[];
  /** How much of it is done, 0 to 1. */
  readonly done: number;
  readonly skipped: boolean;
  /** Something hurt, and its movement rests: another one comes, if any. */
  readonly isAtRest: boolean;
  /** Something hurt, and nothing of this can be done in this run any more. */
  readonly rests: boolean;
  /** Planned work of all bouts [s]: how wide the slot is drawn. */
  readonly seconds: number;
}

/** Whether a phase that takes time, or a result, is at hand. */
export function isPlaying(kind: Phase["kind"]): boolean {
  return kind !== "intro" && kind !== "end";
}

/** Where the run stands, and with which movement. */
export function standing({ here }: Snapshot): string {
  return [here.place.slot, here.place.bout, here.rung.exercise].join(" ");
}

/** A hold in a demonstration is long enough to be seen, not long enough to be held [s]. */
const SHOWN_HOLD_S = 3;

export function snapshot(frame: Frame, state: State, now: number): Snapshot {
  const { phase, at, run } = state;
  const here = sceneAt(frame, state, at);
  const to = phase.kind === "rest" && phase.midway ? at : after(frame.timeline, run, at);
  const next = to && sceneAt(frame, state, to);
  const shown = phase.kind === "rest" ? (next ?? here) : here;
  const motion = motionOf(state, shown.rung, clocks.spent(state.clock, now) / 1000);
  const canChange = hasWorkLeft(frame, state);
  const about = subject(frame, state);
  return {
    kind: phase.kind,
    paused: state.paused,
    notice: state.notice,
    pace: state.pace,
    here,
    next,
    shown,
    motion,
    ...timesOf(frame, state, now, here, motion),
    test: testOf(state, now, here),
    canEase: canChange && stepped(frame.timeline, run, at, -1) !== null,
    canHarden: canChange && stepped(frame.timeline, run, at, 1) !== null,
    subject: about && sceneAt(frame, state, about),
    planned: plannedOf(frame, state, about),
    hurts: run.hurts,
    flags: run.flags,
    rating: run.rating,
    progress: progressOf(frame, state, now),
    sessionLeft: sessionLeft(frame, state, now),
  };
}

function testOf(state: State, now: number, { rung, place }: Scene): Test | null {
  if (!AT_TEST.has(state.phase.kind) || !isTest(rung)) return null;
  const kind = rung.work.kind === "count" ? "count" : "hold";
  const record = recordAt(state.run, place);
  const best = record?.complete ? scoreOf(kind, record) : null;
  return { kind, score: scoreNow(state, now, rung), best };
}

const AT_TEST: ReadonlySet<Phase["kind"]> = new Set<Phase["kind"]>([
  "get-ready",
  "switch",
  "work",
  "result",
]);

/** Whole seconds held so far, or repetitions counted. */
function scoreNow({ phase, clock }: State, now: number, rung: Rung): number {
  const isCount = rung.work.kind === "count";
  if (phase.kind === "result") return isCount ? phase.reps : Math.floor(phase.seconds);
  if (phase.kind !== "work") return 0;
  const held = Math.floor(clocks.spent(clock, now) / 1000 - wayIn(rung) + 1e-6);
  return isCount ? phase.counted : Math.max(0, held);
}

/** What a record of a test says: whole seconds held, or repetitions. */
export function scoreOf(kind: Test["kind"], { reps, seconds }: BoutState): number {
  return kind === "count" ? reps : Math.floor(seconds);
}

/** Where the movement stands `seconds` after its start. */
export function motionAt(lengths: readonly number[], seconds: number): Motion {
  const cycle = lengths.reduce((sum, length) => sum + length, 0);
  const reps = Math.floor(seconds / cycle + 1e-9);
  let rest = Math.max(0, seconds - reps * cycle);
  for (const [stretch, length] of lengths.entries()) {
    if (rest < length) return { stretch, fraction: rest / length, reps };
    rest -= length;
  }
  return { stretch: 0, fraction: 0, reps };
}

function sceneAt(frame: Frame, state: State, place: Place): Scene {
  const slot = slotAt(frame.timeline, place.slot);
  const bout = boutAt(frame.timeline, place);
  const rung = rungAt(frame.timeline, state.run, place);
  const side = sideOf(bout, rung);
  const ache = madeRoom(frame.timeline, state.run, slot, rungIndex(state.run, place.slot));
  return { place, slot, bout, rung, side, ...setAt(frame, state, place, side), ache };
}

function setAt(
  { timeline }: Frame,
  { run }: State,
  place: Place,
  side: Bout["side"],
): Pick<Scene, "set" | "sets"> {
  const { bouts, sets } = slotAt(timeline, place.slot);
  const { set, side: planned } = boutAt(timeline, place);
  if (side === planned) return { set, sets };
  // Planned for one side after the other: each time it is done is a set of its own.
  const together = bouts
    .map((bout, index) => sideOf(bout, rungAt(timeline, run, { ...place, bout: index })))
    .map((each) => each === "both");
  const count = (all: readonly boolean[]): number => all.filter(Boolean).length;
  return { set: count(together.slice(0, place.bout + 1)), sets: count(together) };
}

function plannedOf(frame: Frame, state: State, place: Place | null): Rung | null {
  const rung = place && planned(frame, state, place.slot);
  return place === null || rung === null
    ? null
    : choiceAt(slotAt(frame.timeline, place.slot), rung);
}

function motionOf(state: State, rung: Rung, seconds: number): Motion {
  const { phases, reps } = rung.work;
  const isWork = state.phase.kind === "work";
  const { phase: at } = state;
  const lengths = phases.map((phase) =>
    isWork ? phase.seconds : Math.min(phase.seconds, SHOWN_HOLD_S),
  );
  const motion = motionAt(lengths, seconds);
  if (rung.work.kind === "count") return { ...motion, reps: at.kind === "work" ? at.counted : 0 };
  return isWork ? { ...motion, reps: Math.min(motion.reps, reps) } : motion;
}

function timesOf(
  frame: Frame,
  state: State,
  now: number,
  { rung }: Scene,
  motion: Motion,
): Pick<Snapshot, "secondsLeft" | "fraction"> {
  const length = phaseLength(frame, state);
  if (!Number.isFinite(length)) return { secondsLeft: 0, fraction: 0 };
  const spent = clocks.spent(state.clock, now);
  const fraction = Math.min(1, spent / length);
  if (state.phase.kind !== "work" || rung.work.kind !== "hold") {
    return { secondsLeft: whole((length - spent) / 1000), fraction };
  }
  return { secondsLeft: whole(holdLeft(rung, motion)), fraction };
}

/** Seconds of holding still to come: the whole hold on the way in, none on the way out. */
function holdLeft(rung: Rung, motion: Motion): number {
  const held = heldPhase(rung);
  const length = rung.work.phases[held]?.seconds ?? 0;
  if (motion.reps >= rung.work.reps || motion.stretch > held) return 0;
  return motion.stretch < held ? length : length * (1 - motion.fraction);
}

function whole(seconds: number): number {
  return Math.max(0, Math.ceil(seconds - 1e-6));
}

function progressOf(frame: Frame, state: State, now: number): SlotProgress[] {
  return frame.timeline.slots.map((slot, index) => {
    const rung = choiceAt(slot, rungIndex(state.run, index));
    const fit = fitting(frame.timeline, state.run, index);
    const rests = fit === null;
    const open = boutAt(frame.timeline, { slot: index, bout: openBout(state.run, index) });
    const comes = fit === null ? rung : choiceAt(slot, playedIndex(slot, open, fit));
    const { bouts = [], skipped = false } = state.run.slots[index] ?? {};
    const isHere = state.phase.kind === "work" && index === state.at.slot;
    const shares = bouts.map((record, bout) => {
      const isWorked = isHere && bout === state.at.bout;
      return Math.max(kept(record, slot), isWorked ? workFraction(frame, state, now) : 0);
    });
    const done = shares.reduce((sum, each) => sum + Math.min(1, each), 0) / slot.bouts.length;
    const seconds = workSeconds(rung) * slot.bouts.length;
    const atRest = isAtRest(frame.timeline, state.run, index);
    return { slot, rung, comes, bouts, done, skipped, isAtRest: atRest, rests, seconds };
  });
}

function kept(record: BoutState, slot: Slot): number {
  if (record.complete) return 1;
  const { work } = choiceAt(slot, record.rung ?? slot.start_rung);
  return work.kind === "reps" ? record.reps / work.reps : record.seconds / work.seconds;
}

function workFraction(frame: Frame, state: State, now: number): number {
  return clocks.spent(state.clock, now) / phaseLength(frame, state);
}

function sessionLeft(frame: Frame, state: State, now: number): number {
  const { timeline } = frame;
  const { phase, at, run } = state;
  if (phase.kind === "end") return 0;
  const later = secondsAfter(timeline, run, at);
  if (phase.kind === "intro")
    return boutAt(timeline, at).get_ready_s + workLeft(frame, state) + later;
  if (phase.kind === "result") return later;
  const left = (phaseLength(frame, state) - clocks.spent(state.clock, now)) / 1000;
  if (phase.kind === "work") return left / state.clock.pace + later;
  if (phase.kind !== "rest") return left + workLeft(frame, state) + later;
  if (!phase.midway) return left + Math.max(0, later - boutAt(timeline, at).rest_after_s);
  const ready = Math.max(boutAt(timeline, at).get_ready_s, READY_BY_HAND_S);
  return left + ready + workLeft(frame, state) + later;
}

/** Work of the bout at hand that is not done yet, before it begins [s]. */
function workLeft(frame: Frame, state: State): number {
  const rung = rungAt(frame.timeline, state.run, state.at);
  return workSeconds(rung) - carriedReps(frame, state) * cycleSeconds(rung);
}
