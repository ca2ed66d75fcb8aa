// SPDX-License-Identifier: Apache-2.0
// Every way the player gets from one state to the next. Pure: time comes in as a parameter.

import * as clocks from "./clock";
import { fold } from "./fold";
import { after, boutAt, openBout, placeOf, rungAt, slotAt, wayIn, type Place } from "./plan";
import { fitting, stepped } from "./resting";
import type { Frame, Notice, State, Step } from "./state";
import {
  begin,
  beginWork,
  finish,
  getReady,
  isTesting,
  keepWork,
  land,
  leaveWork,
  log,
  phaseLength,
  still,
  tellResult,
  type Via,
} from "./step";
import { shapeOf, type RunEvent } from "./wire";

/** Time out of sight after which no work that began meanwhile is taken as done [ms]. */
export const AWAY_MS = 60_000;
/** Rest added by one tap [s]. */
export const ADDED_REST_S = 15;
/** Shortest hold that is a result: less was no try [s]. */
export const LEAST_HELD_S = 1;
/** A tap that comes so soon was meant for the test that is just over [ms]. */
export const LATE_TAP_MS = 1200;
/** As many repetitions as an event takes. */
const MOST_COUNTED = 999;

/** The state of a page that was just opened, from all events known. */
export function opened(frame: Frame, events: readonly RunEvent[], now: number): State {
  const run = fold(shapeOf(frame.timeline), events);
  return {
    run,
    at: standing(frame, run),
    phase: isOver(run) ? { kind: "end" } : { kind: "intro" },
    // Runs from the start, so that the figure shows the first movement while the page waits.
    clock: clocks.run(clocks.standing(), now),
    paused: false,
    notice: null,
    pace: 1,
    seenAt: now,
    opened: events.some(({ type, device }) => type === "started" && device === frame.device),
  };
}

/**
 * The state at `now`: phases that ended meanwhile are passed through, each at the moment it ended.
 *
 * Where nobody looked for longer than AWAY_MS, only work that had begun before is taken as done, and
 * no test. Had other work begun meanwhile, the player is paused as it stood when it was last seen.
 */
export function advance(frame: Frame, state: State, now: number): Step {
  let step = still(state);
  let hasBegunWork = isTesting(frame, state);
  for (let end = endOf(frame, step.state); end <= now; end = endOf(frame, step.state)) {
    step = goOn(frame, step, end);
    hasBegunWork ||= step.state.phase.kind === "work";
  }
  if (now - state.seenAt > AWAY_MS && hasBegunWork) {
    const then = state.seenAt;
    const halted = halt(frame, still(state), then, "away");
    return { ...halted, state: { ...halted.state, seenAt: now } };
  }
  return { ...step, state: { ...step.state, seenAt: Math.max(now, state.seenAt) } };
}

/** Starts the run, or carries it on where it stands. */
export function start(frame: Frame, state: State, now: number): Step {
  if (state.phase.kind !== "intro") return still(state);
  return carryOn(frame, opening(frame, still({ ...state, seenAt: now }), now), now);
}

export function pause(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => halt(frame, keepWork(frame, step, now), now, null));
}

export function resume(frame: Frame, state: State, now: number): Step {
  if (!state.paused) return still(state);
  if (state.notice === "other-tab") return takeOver(frame, state, now);
  const clock = clocks.run(state.clock, now);
  const going: State = { ...state, clock, paused: false, notice: null, seenAt: now };
  const resumed = takenBack(frame, log(frame, still(going), now, { type: "resumed" }), now);
  // A test is done in one go: what was interrupted is none.
  if (!isTesting(frame, state)) return resumed;
  return getReady(frame, resumed, now, { byHand: true, fresh: true });
}

/** Where another device moved the run on, carrying on here brings it back here. */
function takenBack(frame: Frame, step: Step, now: number): Step {
  const { at, run } = step.state;
  const { slot, bout } = run.position;
  const { id } = slotAt(frame.timeline, at.slot);
  if (slot === id && bout === at.bout) return step;
  return log(frame, step, now, { type: "moved", slot: id, bout: at.bout, via: "jump" });
}

/** Ends the hold that is measured; let go before it was held it begins anew. */
export function stop(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => {
    const { clock, run, at, paused } = step.state;
    const rung = rungAt(frame.timeline, run, at);
    if (paused || !isTesting(frame, step.state) || rung.work.kind !== "hold") return step;
    const held = clocks.spent(clock, now) / 1000 - wayIn(rung);
    if (held >= LEAST_HELD_S) return tellResult(frame, step, now);
    return getReady(frame, step, now, { byHand: true, fresh: true });
  });
}

/** One repetition more (1) or less (-1), while they are counted or before the person goes on. */
export function count(frame: Frame, state: State, now: number, by: 1 | -1): Step {
  return acting(frame, state, now, (step) => {
    const { phase, run, at, paused } = step.state;
    if (paused || rungAt(frame.timeline, run, at).work.kind !== "count") return step;
    const put = (counted: number): number => Math.min(MOST_COUNTED, Math.max(0, counted + by));
    if (phase.kind === "work") return phased(step, { ...phase, counted: put(phase.counted) });
    return phase.kind === "result" ? phased(step, { ...phase, reps: put(phase.reps) }) : step;
  });
}

/** Takes the result as it stands, and goes on. */
export function confirm(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => {
    const { phase, clock, paused } = step.state;
    const isMeant = clocks.spent(clock, now) >= LATE_TAP_MS;
    if (phase.kind !== "result" || paused || !isMeant) return step;
    return afterWork(frame, leaveWork(frame, step, now), now);
  });
}

function phased(step: Step, phase: State["phase"]): Step {
  return { ...step, state: { ...step.state, phase } };
}

/** Goes on where the other tab left the run, which it shared; at the end if it ended the run. */
function takeOver(frame: Frame, state: State, now: number): Step {
  const at = standing(frame, state.run);
  const here = still({ ...state, at, paused: false, notice: null, seenAt: now });
  if (isOver(state.run)) return begin(here, { kind: "end" }, now);
  return carryOn(frame, log(frame, here, now, { type: "resumed" }), now);
}

/** To the next exercise that can be done; from the last one to the end. */
export function next(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => {
    const { phase, at, run } = step.state;
    if (phase.kind === "end") return step;
    const slot = playable(frame, run, at.slot + 1, 1);
    if (slot === null) return finish(frame, leaveWork(frame, step, now), now);
    return go(frame, step, now, slot, "next");
  });
}

/** To the previous exercise that can be done; from the end to the one the run stood at. */
export function back(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => {
    const { phase, at, run } = step.state;
    const slot = playable(frame, run, phase.kind === "end" ? at.slot : at.slot - 1, -1);
    return slot === null ? step : go(frame, step, now, slot, "back");
  });
}

/** To any exercise that can be done. */
export function jump(frame: Frame, state: State, now: number, slot: number): Step {
  return acting(frame, state, now, (step) => {
    if (fitting(frame.timeline, step.state.run, slot) === null) return step;
    return go(frame, step, now, slot, "jump");
  });
}

/** This bout once more from its start; what was done of it stays logged. */
export function again(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => {
    const { run, at } = step.state;
    if (!isPlaying(step.state) || fitting(frame.timeline, run, at.slot) === null) return step;
    const kept = leaveWork(frame, step, now);
    const there = land(frame, kept, now, kept.state.at, "jump");
    return getReady(frame, there, now, { byHand: true, fresh: true });
  });
}

/** To the end, from wherever the run stands. */
export function endNow(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) =>
    step.state.phase.kind === "end" ? step : finish(frame, leaveWork(frame, step, now), now),
  );
}

/** Goes a rung harder (1) or easier (-1); the bout at hand starts afresh at that rung. */
export function changeRung(frame: Frame, state: State, now: number, by: 1 | -1): Step {
  return acting(frame, state, now, (step) => {
    const { at, run } = step.state;
    const rung = stepped(frame.timeline, run, at, by);
    if (rung === null || !hasWorkLeft(frame, step.state)) return step;
    const { id } = slotAt(frame.timeline, at.slot);
    const kept = keepWork(frame, step, now);
    return restart(frame, log(frame, kept, now, { type: "rung-changed", slot: id, rung }), now);
  });
}

/** Counts down to another movement in the bout at hand; a rest goes on before it. */
export function restart(frame: Frame, step: Step, now: number): Step {
  const { kind } = step.state.phase;
  const stays = kind === "rest" || kind === "intro";
  return stays ? step : getReady(frame, step, now, { byHand: true });
}

/** Rests longer, or puts a rest in wherever the run stands. */
export function addRest(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => {
    if (!isPlaying(step.state)) return step;
    const { phase, at } = step.state;
    const kept = leaveWork(frame, step, now);
    const rested = log(frame, kept, now, {
      type: "rest-added",
      slot: slotAt(frame.timeline, at.slot).id,
      bout: at.bout,
      seconds: ADDED_REST_S,
    });
    if (phase.kind !== "rest") {
      const midway = phase.kind !== "result";
      return begin(rested, { kind: "rest", seconds: ADDED_REST_S, midway }, now);
    }
    const longer = { ...phase, seconds: phase.seconds + ADDED_REST_S };
    return { ...rested, state: { ...rested.state, phase: longer } };
  });
}

/** Repetitions at another pace from now on. */
export function changePace(frame: Frame, state: State, now: number, pace: number): Step {
  return acting(frame, state, now, (step) => {
    const { phase, at, clock, run } = step.state;
    const { work } = rungAt(frame.timeline, run, at);
    const isReps = phase.kind === "work" && work.kind === "reps";
    const counted = isReps ? clocks.paced(clock, pace, now) : clock;
    return { ...step, state: { ...step.state, pace, clock: counted } };
  });
}

/** The page goes out of sight, perhaps for good: what was done so far is logged. */
export function hide(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => keepWork(frame, step, now));
}

/** Another tab of this browser plays the run: stand still, which is no pause of the run. */
export function giveWay(frame: Frame, state: State, now: number): Step {
  return acting(frame, state, now, (step) => {
    if (!isPlaying(step.state) || step.state.notice === "other-tab") return step;
    const kept = keepWork(frame, step, now);
    const clock = clocks.stop(kept.state.clock, now);
    return { ...kept, state: { ...kept.state, clock, paused: true, notice: "other-tab" } };
  });
}

/** The state with what others logged, `all` being every event known. */
export function absorb(frame: Frame, state: State, now: number, all: readonly RunEvent[]): Step {
  const fresh = opened(frame, all, now);
  if (state.phase.kind === "intro") return still({ ...fresh, pace: state.pace });
  const isForeign = all.some(
    ({ seq, device }) => seq > state.run.last_seq && device !== frame.device,
  );
  const step = still({ ...state, run: fresh.run });
  if (!isForeign || !isPlaying(state)) return step;
  if (isFlagged(fresh.run))
    return begin({ ...step, state: { ...step.state, notice: null } }, { kind: "end" }, now);
  // What nobody looked at is not taken as done.
  const until = now - state.seenAt > AWAY_MS ? state.seenAt : now;
  const kept = keepWork(frame, step, until, false, state);
  return getReady(frame, halt(frame, kept, now, "other-device"), now, { byHand: true });
}

/** Whether an easier or harder rung would still be played in this slot. */
export function hasWorkLeft(frame: Frame, state: State): boolean {
  if (state.phase.kind === "end") return false;
  if (state.phase.kind !== "rest" || state.phase.midway) return true;
  return after(frame.timeline, state.run, state.at)?.slot === state.at.slot;
}

/** Whether a phase that takes time is at hand, paused or not. */
export function isPlaying(state: State): boolean {
  return state.phase.kind !== "intro" && state.phase.kind !== "end";
}

/** A sign that somebody should look at ended the run, and no way leads back into it. */
function isFlagged({ flags }: State["run"]): boolean {
  return flags.length > 0;
}

function isOver(run: State["run"]): boolean {
  return run.status === "finished" || isFlagged(run);
}

/** Where the run stands: at the bout it came to last, or after that where it is done. */
function standing({ timeline }: Frame, run: State["run"]): Place {
  const here = placeOf(timeline, run);
  return run.position.worked ? (after(timeline, run, here) ?? here) : here;
}

/** Counts down to the bout at hand, which is logged where the run has not come to it yet. */
function carryOn(frame: Frame, step: Step, now: number): Step {
  const { run, at } = step.state;
  const { slot, bout, worked } = run.position;
  if (worked || slot !== slotAt(frame.timeline, at.slot).id || bout !== at.bout) {
    return land(frame, step, now, at, "auto");
  }
  return getReady(frame, step, now, { byHand: true });
}

/** The first slot from `from` on, forward or back, of which something can be done; or null. */
function playable(frame: Frame, run: State["run"], from: number, by: 1 | -1): number | null {
  for (let slot = from; slot >= 0 && slot < frame.timeline.slots.length; slot += by) {
    if (fitting(frame.timeline, run, slot) !== null) return slot;
  }
  return null;
}

function go(frame: Frame, step: Step, now: number, slot: number, via: Via): Step {
  if (isFlagged(step.state.run)) return step;
  const kept = opening(frame, leaveWork(frame, step, now), now);
  return land(frame, kept, now, { slot, bout: openBout(kept.state.run, slot) }, via);
}

/** Catches up with the time, then acts. */
export function acting(frame: Frame, state: State, now: number, act: (step: Step) => Step): Step {
  const caughtUp = advance(frame, state, now);
  const acted = act({ state: caughtUp.state, events: [] });
  return { state: acted.state, events: [...caughtUp.events, ...acted.events] };
}

function endOf(frame: Frame, state: State): number {
  return clocks.reaches(state.clock, phaseLength(frame, state));
}

/** The phase at hand is over at `now`. */
function goOn(frame: Frame, step: Step, now: number): Step {
  const { phase, at } = step.state;
  switch (phase.kind) {
    case "intro":
    case "end":
    case "result":
      return step;
    case "get-ready":
    case "switch":
      return beginWork(frame, step, now);
    case "work":
      if (isTesting(frame, step.state)) return tellResult(frame, step, now);
      return afterWork(frame, keepWork(frame, step, now, true), now);
    case "rest": {
      if (phase.midway) return getReady(frame, step, now, { byHand: true });
      const to = after(frame.timeline, step.state.run, at);
      return to ? land(frame, step, now, to, "auto") : finish(frame, step, now);
    }
  }
}

function afterWork(frame: Frame, step: Step, now: number): Step {
  const { at, run } = step.state;
  const to = after(frame.timeline, run, at);
  if (!to) return finish(frame, step, now);
  const { rest_after_s: seconds } = boutAt(frame.timeline, at);
  if (seconds > 0) return begin(step, { kind: "rest", seconds, midway: false }, now);
  return land(frame, step, now, to, "auto");
}

function halt(frame: Frame, step: Step, now: number, notice: Notice | null): Step {
  const { clock } = step.state;
  if (!isPlaying(step.state)) return step;
  if (step.state.paused) return { ...step, state: { ...step.state, notice } };
  const stopped: State = { ...step.state, clock: clocks.stop(clock, now), paused: true, notice };
  return log(frame, { ...step, state: stopped }, now, { type: "paused" });
}

/** Logs what opens the run on this device, and that it is no longer paused. */
function opening(frame: Frame, step: Step, now: number): Step {
  if (step.state.phase.kind !== "intro") return step;
  const began = step.state.opened ? step : log(frame, step, now, { type: "started" });
  const going = { ...began, state: { ...began.state, opened: true } };
  return going.state.run.status === "paused" ? log(frame, going, now, { type: "resumed" }) : going;
}
