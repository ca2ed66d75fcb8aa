// SPDX-License-Identifier: Apache-2.0
// The parts transitions are made of: log an event, come to a bout, begin a phase, leave work.

import * as clocks from "./clock";
import { enter } from "./fold";
import {
  after,
  boutAt,
  cycleSeconds,
  isTest,
  playedAt,
  recordAt,
  rungAt,
  rungIndex,
  sideOf,
  slotAt,
  wayIn,
  workSeconds,
  type Place,
} from "./plan";
import { fitting } from "./resting";
import type { Frame, Phase, State, Step } from "./state";
import type { BoutState, EventBody, RunEvent, Rung } from "./wire";

/** Shortest count before the work of a bout that was chosen by hand [s]. */
export const READY_BY_HAND_S = 5;

export type Via = "auto" | "next" | "back" | "jump";

export function still(state: State): Step {
  return { state, events: [] };
}

/** Logs an event; `now` is when it happened [ms]. */
export function log(frame: Frame, step: Step, now: number, body: EventBody): Step {
  const event = {
    format: 1,
    id: frame.newId(),
    device: frame.device,
    seq: step.state.run.last_seq + 1,
    at: localTime(now),
    ...body,
  } as RunEvent;
  return {
    state: { ...step.state, run: enter(step.state.run, event) },
    events: [...step.events, event],
  };
}

/** The moment by the clock on the wall and its offset: the site counts in the person's own days. */
export function localTime(now: number): string {
  const offset = -Math.round(new Date(now).getTimezoneOffset());
  const two = (minutes: number): string => String(Math.trunc(minutes)).padStart(2, "0");
  const wall = new Date(now + offset * 60_000).toISOString().slice(0, -1);
  const ahead = Math.abs(offset);
  return `${wall}${offset < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
}

/** Begins a phase at `now`; its clock stands while the player is paused. */
export function begin(step: Step, phase: Phase, now: number, clock = clocks.standing()): Step {
  const { paused } = step.state;
  const ticking = phase.kind !== "intro" && phase.kind !== "end" && !paused;
  const started = ticking ? clocks.run(clock, now) : clock;
  return { ...step, state: { ...step.state, phase, clock: started } };
}

/** Comes to a bout and counts down to its work. */
export function land(frame: Frame, step: Step, now: number, to: Place, via: Via): Step {
  const { id } = slotAt(frame.timeline, to.slot);
  const turned = via === "auto" && turnsTo(frame, step.state, to);
  const moved = log(frame, step, now, { type: "moved", slot: id, bout: to.bout, via });
  const there = { ...moved, state: { ...moved.state, at: to } };
  return getReady(frame, there, now, { turned, byHand: via !== "auto" });
}

interface Landing {
  /** From one side to the other. */
  turned?: boolean;
  /** Chosen by the person, who needs a moment even where the plan has none. */
  byHand?: boolean;
  /** From the start, also where some of the work is done. */
  fresh?: boolean;
}

/** Counts down to the work of the bout at hand, or of the one after it where all of it rests. */
export function getReady(frame: Frame, step: Step, now: number, how: Landing): Step {
  const { at, run } = step.state;
  const fit = fitting(frame.timeline, run, at.slot);
  if (fit === null) return passOver(frame, step, now);
  const slot = slotAt(frame.timeline, at.slot).id;
  const fitted =
    fit === rungIndex(run, at.slot)
      ? step
      : log(frame, step, now, { type: "swapped", slot, rung: fit, reason: "hurts" });
  return countDown(frame, fitted, now, how);
}

/** Leaves the slot at hand, nothing of which can be done any more. */
function passOver(frame: Frame, step: Step, now: number): Step {
  const slot = slotAt(frame.timeline, step.state.at.slot).id;
  const left = log(frame, step, now, { type: "skipped", slot, reason: "hurts" });
  const to = after(frame.timeline, left.state.run, left.state.at);
  return to ? land(frame, left, now, to, "auto") : finish(frame, left, now);
}

/** Ends the run; a later move opens it again. */
export function finish(frame: Frame, step: Step, now: number): Step {
  const ended = log(frame, step, now, { type: "finished" });
  const calm = { ...ended, state: { ...ended.state, paused: false, notice: null } };
  return begin(calm, { kind: "end" }, now);
}

function countDown(frame: Frame, step: Step, now: number, how: Landing): Step {
  const { get_ready_s: planned } = boutAt(frame.timeline, step.state.at);
  const seconds = how.byHand ? Math.max(planned, READY_BY_HAND_S) : planned;
  const kind = how.turned && isSided(frame, step.state) ? "switch" : "get-ready";
  return begin(step, { kind, seconds, fresh: how.fresh ?? false }, now);
}

/** Begins the work of the bout at hand; repetitions already done at this rung are not asked again. */
export function beginWork(frame: Frame, step: Step, now: number): Step {
  const { run, at, pace } = step.state;
  const rung = rungAt(frame.timeline, run, at);
  if (rung.work.kind !== "reps") return begin(step, { kind: "work", counted: 0 }, now);
  const reps = carriedReps(frame, step.state);
  const seconds = reps > 0 ? (recordAt(run, at)?.seconds ?? 0) : 0;
  const clock = clocks.standing(reps * cycleSeconds(rung) * 1000, seconds * 1000, pace);
  return begin(step, { kind: "work", counted: 0 }, now, clock);
}

/** Repetitions of the bout at hand that were done before and are carried on from. */
export function carriedReps(frame: Frame, { run, at, phase }: State): number {
  const { work } = rungAt(frame.timeline, run, at);
  const record = recordAt(run, at);
  const isFresh = "fresh" in phase && phase.fresh;
  const goesOn = record?.rung === playedAt(frame.timeline, run, at) && !record.complete && !isFresh;
  return goesOn && work.kind === "reps" ? Math.min(record.reps, work.reps) : 0;
}

/** How long the phase takes on its clock [ms]. */
export function phaseLength(frame: Frame, state: State): number {
  const { phase } = state;
  switch (phase.kind) {
    case "intro":
    case "end":
    case "result":
      return Infinity;
    case "work":
      return workSeconds(rungAt(frame.timeline, state.run, state.at)) * 1000;
    case "get-ready":
    case "switch":
    case "rest":
      return phase.seconds * 1000;
  }
}

/**
 * Logs what was done of the work at hand, unless as much is logged already. `worked`: the state it
 * was done in, where others changed the run since.
 */
export function keepWork(
  frame: Frame,
  step: Step,
  now: number,
  complete = false,
  worked: State = step.state,
): Step {
  const { state } = step;
  if (state.phase.kind !== "work") return step;
  const report = workDone(frame, worked, now, complete);
  const record = recordAt(state.run, state.at);
  const rung = playedAt(frame.timeline, worked.run, worked.at);
  if (!complete && (isNothing(report) || isKept(report, rung, record))) return step;
  return log(frame, step, now, {
    type: "done",
    slot: slotAt(frame.timeline, state.at.slot).id,
    bout: state.at.bout,
    rung,
    complete,
    ...report,
  });
}

/** Whether the work of a test is under way. */
export function isTesting(frame: Frame, { phase, run, at }: State): boolean {
  return phase.kind === "work" && isTest(rungAt(frame.timeline, run, at));
}

/**
 * A test is over: its result stands there until the person goes on. A hold is logged at once; what
 * was counted may still be put right, so that a report of work not finished stands in until then.
 */
export function tellResult(frame: Frame, step: Step, now: number): Step {
  const { state } = step;
  const isHold = rungAt(frame.timeline, state.run, state.at).work.kind === "hold";
  const { reps, seconds } = workDone(frame, state, now, isHold);
  return begin(keepWork(frame, step, now, isHold), { kind: "result", reps, seconds }, now);
}

/** Logs what is left behind: work so far, or what was counted as it stands. */
export function leaveWork(frame: Frame, step: Step, now: number): Step {
  const { phase, at, run } = step.state;
  if (phase.kind !== "result") return keepWork(frame, step, now);
  if (rungAt(frame.timeline, run, at).work.kind === "hold") return step;
  return log(frame, step, now, {
    type: "done",
    slot: slotAt(frame.timeline, at.slot).id,
    bout: at.bout,
    rung: playedAt(frame.timeline, run, at),
    reps: phase.reps,
    seconds: phase.seconds,
    complete: true,
  });
}

interface Report {
  reps: number;
  seconds: number;
}

function workDone(frame: Frame, state: State, now: number, complete: boolean): Report {
  const rung = rungAt(frame.timeline, state.run, state.at);
  const spent = clocks.spent(state.clock, now) / 1000;
  if (isTest(rung)) return measured(state, rung, spent, complete);
  // A repetition ends on the millisecond at which the next begins.
  const whole = Math.floor(spent / cycleSeconds(rung) + 1e-9);
  const seconds = Math.min(7200, Math.round(clocks.real(state.clock, now) / 100) / 10);
  return { reps: complete ? rung.work.reps : Math.min(whole, rung.work.reps), seconds };
}

/** Of a test: what was counted, or held without the way in. */
function measured({ phase }: State, rung: Rung, spent: number, complete: boolean): Report {
  const tenths = (seconds: number): number => Math.max(0, Math.round(seconds * 10) / 10);
  if (rung.work.kind === "count") {
    const counted = phase.kind === "work" ? phase.counted : 0;
    return { reps: counted, seconds: tenths(Math.min(spent, rung.work.seconds)) };
  }
  const held = Math.min(spent - wayIn(rung), rung.work.hold_s ?? Infinity);
  return { reps: complete ? rung.work.reps : 0, seconds: tenths(held) };
}

function isNothing(report: Report): boolean {
  return report.reps === 0 && report.seconds < 1;
}

/** Work at another rung than the record's is always worth a line of the log. */
function isKept(report: Report, rung: number, record: BoutState | undefined): boolean {
  if (record?.rung !== rung) return false;
  return record.complete || (record.reps >= report.reps && record.seconds >= report.seconds);
}

function turnsTo(frame: Frame, from: State, to: Place): boolean {
  const { slot, bout } = from.at;
  const follows = slot === to.slot && to.bout === bout + 1;
  return follows && boutAt(frame.timeline, from.at).switch_after && isSided(frame, from);
}

/** Whether the bout at hand is done with one side. */
function isSided({ timeline }: Frame, { run, at }: State): boolean {
  return sideOf(boutAt(timeline, at), rungAt(timeline, run, at)) !== "both";
}
