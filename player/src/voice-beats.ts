// SPDX-License-Identifier: Apache-2.0
// The moments of voice.ts: turning points, and what is counted and named within the work.

import type { Moment } from "./moments";
import { heldPhase, type Snapshot } from "./snapshot";

export type Beat =
  | Exclude<Moment, "rep" | "tick" | "set-done">
  /** Another repetition begins. */
  | "count"
  | "last-rep"
  /** Another stretch of the movement begins. */
  | "phase"
  /** Holding still begins, or is over. */
  | "hold"
  | "release"
  /** Ten seconds of a long hold are left, or three, two, one. */
  | "ten"
  | "second";

/** Shortest hold of which the last ten seconds are told [s]. */
const LONG_HOLD_S = 25;

const SILENT: ReadonlySet<Moment> = new Set<Moment>(["rep", "tick", "set-done"]);

/** What there is to tell between two snapshots, in the order to tell it. */
export function beats(before: Snapshot, now: Snapshot, happened: readonly Moment[]): Beat[] {
  const turns = happened.filter((each) => !SILENT.has(each)) as Beat[];
  if (now.kind !== "work" || now.paused) return turns;
  const begins = happened.includes("go");
  if (begins) return [...turns, ...first(now)];
  if (now.here.rung.work.kind === "hold") return [...turns, ...held(before, now)];
  return worked(before, now, turns);
}

function first(now: Snapshot): Beat[] {
  const { rung } = now.here;
  const isHeld = rung.work.kind === "hold" && heldPhase(rung) === 0;
  return [isHeld ? "hold" : "phase"];
}

function worked(before: Snapshot, now: Snapshot, turns: Beat[]): Beat[] {
  const { reps, stretch } = now.motion;
  const isLast = reps + 1 === now.here.rung.work.reps;
  if (reps > before.motion.reps && reps < now.here.rung.work.reps) {
    // The last one is worth more than the half of few.
    if (isLast) return [...turns.filter((each) => each !== "halfway"), "last-rep"];
    return turns.includes("halfway") ? turns : [...turns, "count"];
  }
  return stretch === before.motion.stretch ? turns : [...turns, "phase"];
}

function held(before: Snapshot, now: Snapshot): Beat[] {
  const at = heldPhase(now.here.rung);
  const [from, to] = [before.motion.stretch, now.motion.stretch];
  if (from === to) return to === at && now.secondsLeft !== before.secondsLeft ? counted(now) : [];
  if (to === at) return ["hold"];
  if (to < at) return ["phase"];
  return from > at ? [] : ["release"];
}

function counted({ here, secondsLeft }: Snapshot): Beat[] {
  if (secondsLeft <= 3) return ["second"];
  return secondsLeft === 10 && (here.rung.work.hold_s ?? 0) >= LONG_HOLD_S ? ["ten"] : [];
}
