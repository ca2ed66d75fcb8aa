// SPDX-License-Identifier: Apache-2.0
// What happened between two looks: the moments that sounds and announcements answer to.

import { heldPhase } from "./plan";
import type { Snapshot } from "./snapshot";
import type { RunEvent } from "./wire";

export type Moment =
  /** Three, two or one second before work goes on. */
  | "tick"
  /** Work begins. */
  | "go"
  /** A repetition was finished, and another follows. */
  | "rep"
  /** Half of the repetitions, or of the hold. */
  | "halfway"
  | "get-ready"
  | "switch"
  | "rest"
  /** A set was worked through. */
  | "set-done"
  /** A test is over, and its result stands there. */
  | "result"
  | "end"
  | "paused"
  | "resumed";

/** The moments between two snapshots and the events logged meanwhile, in the order to tell them. */
export function moments(
  before: Snapshot | null,
  now: Snapshot,
  events: readonly RunEvent[],
): Moment[] {
  if (!before) return [];
  const found: Moment[] = [];
  if (now.paused !== before.paused && now.kind !== "end") {
    found.push(now.paused ? "paused" : "resumed");
  }
  if (events.some((event) => event.type === "done" && event.complete)) found.push("set-done");
  if (hasCome(before, now)) found.push(...arrival(now));
  else if (now.kind === "work") found.push(...within(before, now));
  if (ticks(before, now)) found.push("tick");
  return found;
}

/** Whether another phase began, or the same kind of phase for another bout or rung. */
function hasCome(before: Snapshot, now: Snapshot): boolean {
  return (
    before.kind !== now.kind ||
    before.here.place.slot !== now.here.place.slot ||
    before.here.place.bout !== now.here.place.bout ||
    before.here.rung.exercise !== now.here.rung.exercise
  );
}

function arrival({ kind }: Snapshot): Moment[] {
  if (kind === "intro") return [];
  return [kind === "work" ? "go" : kind];
}

function within(before: Snapshot, now: Snapshot): Moment[] {
  const { work } = now.here.rung;
  if (now.test) return tested(before, now);
  if (work.kind === "hold") return isHalfHeld(now) && !isHalfHeld(before) ? ["halfway"] : [];
  if (now.motion.reps <= before.motion.reps || now.motion.reps >= work.reps) return [];
  const half = Math.ceil(work.reps / 2);
  const isHalf = before.motion.reps < half && now.motion.reps >= half;
  return isHalf && work.reps >= 4 ? ["rep", "halfway"] : ["rep"];
}

/** Of a test half the time is told, where it is known, and each repetition that was counted. */
function tested(before: Snapshot, now: Snapshot): Moment[] {
  if (now.test?.kind !== "count") return [];
  const isCounted = now.motion.reps > before.motion.reps;
  const isHalf = before.fraction < 0.5 && now.fraction >= 0.5;
  return [...(isCounted ? (["rep"] as const) : []), ...(isHalf ? (["halfway"] as const) : [])];
}

function isHalfHeld({ here, motion }: Snapshot): boolean {
  const held = heldPhase(here.rung);
  return motion.stretch > held || (motion.stretch === held && motion.fraction >= 0.5);
}

const COUNTED = new Set<Snapshot["kind"]>(["get-ready", "switch", "rest"]);

function ticks(before: Snapshot, now: Snapshot): boolean {
  const isLow = now.secondsLeft >= 1 && now.secondsLeft <= 3;
  const isNew = before.secondsLeft !== now.secondsLeft || before.kind !== now.kind;
  const isCounting = now.kind === "work" && now.test?.kind === "count";
  const counts = COUNTED.has(now.kind) || isCounting;
  return counts && isLow && isNew && !now.paused;
}
