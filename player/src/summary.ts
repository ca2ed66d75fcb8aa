// SPDX-License-Identifier: Apache-2.0
// What was done in a run, counted from its state. Nothing here judges.

import { choiceAt, choices } from "./plan";
import type { SlotProgress } from "./snapshot";
import type { BoutState, Rung, Slot } from "./wire";

export interface ExerciseDone {
  name: string;
  sets: number;
  reps: number;
  /** Held still [s]; 0 for exercises counted in repetitions. */
  heldSeconds: number;
}

export interface Summary {
  /** Worked, without rests [s]. */
  seconds: number;
  /** Worked through to their end; the two sides of one set count as one. */
  sets: number;
  exercises: ExerciseDone[];
  /** Of what nothing or not everything was done: what rests, or what one comes to there. */
  left: { slot: number; name: string; rests: boolean }[];
}

export function summaryOf(progress: readonly SlotProgress[]): Summary {
  const exercises = progress.map(doneOf).filter((each) => each !== null);
  return {
    seconds: progress.flatMap(({ bouts }) => bouts).reduce((sum, { seconds }) => sum + seconds, 0),
    sets: exercises.reduce((sum, { sets }) => sum + sets, 0),
    exercises,
    left: progress
      .map((each, slot) => ({ ...each, slot }))
      .filter(({ bouts }) => bouts.some(({ complete }) => !complete))
      .map(({ slot, rung, comes, isAtRest }) => ({
        slot,
        name: (isAtRest ? rung : comes).name,
        rests: isAtRest,
      })),
  };
}

function doneOf({ slot, rung, bouts }: SlotProgress): ExerciseDone | null {
  const worked = bouts.filter((bout) => bout.rung !== null);
  if (worked.length === 0) return null;
  const movements = choices(slot);
  const names = worked.map((bout) => movements[bout.rung ?? 0]?.name ?? rung.name);
  let reps = 0;
  let heldSeconds = 0;
  for (const bout of worked) {
    const work = movements[bout.rung ?? 0]?.work;
    if (work?.kind === "hold") heldSeconds += held(work, bout);
    else reps += bout.reps;
  }
  const sets = new Set(slot.bouts.map(({ set }) => set));
  return {
    name: [...new Set(names)].join(", "),
    sets: [...sets].reduce((sum, set) => sum + wholeOf(slot, bouts, set), 0),
    reps,
    heldSeconds,
  };
}

/** Seconds held: as planned where it was done, as long as it went in a test. */
function held({ hold_s: planned, measured }: Rung["work"], bout: BoutState): number {
  return bout.complete && !measured ? (planned ?? 0) : Math.min(bout.seconds, planned ?? 0);
}

/** How many were worked through: one after both sides, or each where both sides work together. */
function wholeOf(slot: Slot, bouts: readonly BoutState[], set: number): number {
  const records = bouts.filter((_, index) => slot.bouts[index]?.set === set);
  const isTogether = ({ rung }: BoutState): boolean =>
    rung === null || choiceAt(slot, rung).shown_side === null;
  if (records.every(isTogether)) return records.filter(({ complete }) => complete).length;
  return records.every(({ complete }) => complete) ? 1 : 0;
}
