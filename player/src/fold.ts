// SPDX-License-Identifier: Apache-2.0
// The state of a run from its events. The twin of `fold` in hipfirst.outcomes.run: the JSON cases
// in tests/wire/fold hold the two together.

import { misfit } from "./read";
import type { BoutState, HurtState, Rating, RunEvent, RunShape, RunState, SlotState } from "./wire";

/** The state after all events, whatever their order and however often each is given. */
export function fold(shape: RunShape, events: readonly RunEvent[]): RunState {
  let state = opened(shape);
  const seen = new Set<string>();
  for (const event of [...events].sort(byNumber)) {
    const id = event.id.toLowerCase();
    if (seen.has(id) || misfit(shape, event)) continue;
    seen.add(id);
    state = enter(state, event);
  }
  return state;
}

/** The state of a run without events. */
export function opened(shape: RunShape): RunState {
  return {
    status: "ready",
    position: { slot: shape.slots[0]?.id ?? "", bout: 0, worked: false },
    slots: shape.slots.map(({ id, bouts, start_rung }) => ({
      id,
      rung: start_rung,
      skipped: false,
      bouts: Array.from({ length: bouts }, () => UNTOUCHED),
    })),
    hurts: [],
    flags: [],
    rating: null,
    last_seq: 0,
  };
}

/** The state after one more event, which must fit the run and be the newest. */
export function enter(state: RunState, event: RunEvent): RunState {
  const next = { ...state, last_seq: Math.max(state.last_seq, event.seq) };
  switch (event.type) {
    case "started":
      return { ...next, status: state.status === "ready" ? "running" : state.status };
    case "paused":
      return { ...next, status: state.status === "finished" ? "finished" : "paused" };
    case "resumed":
      return { ...next, status: state.status === "finished" ? "finished" : "running" };
    case "finished":
      return { ...next, status: "finished" };
    case "moved":
      return moved(next, event);
    case "done":
      return done(next, event);
    case "rung-changed":
    case "swapped":
      return withSlot(next, event.slot, (slot) => ({ ...slot, rung: event.rung }));
    case "skipped":
      return withSlot(next, event.slot, (slot) => ({ ...slot, skipped: true }));
    case "hurt":
      return { ...next, hurts: [...state.hurts, hurtOf(event)] };
    case "flagged":
      return { ...next, flags: [...new Set([...state.flags, event.flag])] };
    case "rated":
      return { ...next, rating: ratingOf(event) };
    case "rest-added":
      return withBout(next, event.slot, event.bout, (bout) => ({
        ...bout,
        rest_added_s: bout.rest_added_s + event.seconds,
      }));
  }
}

const UNTOUCHED: BoutState = { reps: 0, seconds: 0, complete: false, rung: null, rest_added_s: 0 };

function byNumber(a: RunEvent, b: RunEvent): number {
  return a.seq - b.seq || compare(a.device, b.device) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function moved(state: RunState, event: RunEvent & { type: "moved" }): RunState {
  const next: RunState = {
    ...state,
    // Looking ahead while paused leaves the run paused.
    status: state.status === "paused" ? "paused" : "running",
    position: { slot: event.slot, bout: event.bout, worked: false },
  };
  return withSlot(next, event.slot, (slot) => ({ ...slot, skipped: false }));
}

function done(state: RunState, event: RunEvent & { type: "done" }): RunState {
  const { slot, bout } = state.position;
  const here = event.complete && event.slot === slot && event.bout === bout;
  const next = here ? { ...state, position: { ...state.position, worked: true } } : state;
  const taken = withSlot(next, event.slot, (page) => ({ ...page, skipped: false }));
  return withBout(taken, event.slot, event.bout, (line) =>
    isLarger(event, line)
      ? {
          ...line,
          reps: event.reps,
          seconds: event.seconds,
          complete: event.complete,
          rung: event.rung,
        }
      : line,
  );
}

function hurtOf({ slot, rung, where, pain }: RunEvent & { type: "hurt" }): HurtState {
  return { slot, rung, where, pain };
}

function ratingOf({ pain_left, pain_right, effort, note }: RunEvent & { type: "rated" }): Rating {
  return { pain_left, pain_right, effort, note };
}

function isLarger(report: RunEvent & { type: "done" }, line: BoutState): boolean {
  if (line.rung === null) return true;
  const order =
    Number(report.complete) - Number(line.complete) ||
    report.reps - line.reps ||
    report.seconds - line.seconds ||
    report.rung - line.rung;
  return order > 0;
}

function withSlot(state: RunState, id: string, change: (slot: SlotState) => SlotState): RunState {
  return { ...state, slots: state.slots.map((slot) => (slot.id === id ? change(slot) : slot)) };
}

function withBout(
  state: RunState,
  id: string,
  index: number,
  change: (bout: BoutState) => BoutState,
): RunState {
  return withSlot(state, id, (slot) => ({
    ...slot,
    bouts: slot.bouts.map((bout, at) => (at === index ? change(bout) : bout)),
  }));
}
