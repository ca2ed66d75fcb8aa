// SPDX-License-Identifier: Apache-2.0
// The moments of voice.ts: turning points, and what is counted and named within the work.

import type { Moment } from "./moments";
import { heldPhase } from "./plan";
import type { Snapshot } from "./snapshot";

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
  | "second"
  /** Ten more seconds of a hold that is measured. */
  | "held";

/** Shortest hold of which the last ten seconds are told [s]. */
const LONG_HOLD_S = 25;

const SILENT: ReadonlySet<Moment> = new Set<Moment>(["rep", "tick", "set-done"]);

/** What there is to tell between two snapshots, in the order to tell it. */
export function beats(before: Snapshot, now: Snapshot, happened: readonly Moment[]): Beat[] {
  const turns = happened.filter((each) => !SILENT.has(each)) as Beat[];
  if (now.kind !== "work" || now.paused) return turns;
  const begins = happened.includes("go");
  if (begins) return [...turns, ...first(now)];
  if (now.test?.kind === "count") return [...turns, ...timed(before, now)];
  if (now.here.rung.work.kind === "hold") return [...turns, ...held(before, now)];
  return worked(before, now, turns);
}

function first(now: Snapshot): Beat[] {
  const { rung } = now.here;
  if (now.test?.kind === "count") return [];
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

/** Within a test: each repetition as it is counted, and the end of the time. */
function timed(before: Snapshot, now: Snapshot): Beat[] {
  if (now.motion.reps > before.motion.reps) return ["count"];
  if (now.secondsLeft === before.secondsLeft) return [];
  return now.secondsLeft <= 3 ? ["second"] : now.secondsLeft === 10 ? ["ten"] : [];
}

function counted({ here, secondsLeft, test }: Snapshot): Beat[] {
  if (test) return test.score > 0 && test.score % 10 === 0 ? ["held"] : [];
  if (secondsLeft <= 3) return ["second"];
  return secondsLeft === 10 && (here.rung.work.hold_s ?? 0) >= LONG_HOLD_S ? ["ten"] : [];
}
