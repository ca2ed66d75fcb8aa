// SPDX-License-Identifier: Apache-2.0
// Reading the timeline: what stands where, what comes next, how long it takes.

import { fitting } from "./resting";
import type { Bout, BoutState, Rung, RunState, Slot, Timeline } from "./wire";

/** A bout of the timeline, by indices. */
export interface Place {
  readonly slot: number;
  readonly bout: number;
}

export function slotAt(timeline: Timeline, index: number): Slot {
  const slot = timeline.slots[index];
  if (!slot) throw new RangeError(`No slot ${index}; slots are 0 to ${timeline.slots.length - 1}`);
  return slot;
}

export function boutAt(timeline: Timeline, place: Place): Bout {
  const slot = slotAt(timeline, place.slot);
  const bout = slot.bouts[place.bout];
  if (!bout) throw new RangeError(`No bout ${place.bout} in ${slot.id}`);
  return bout;
}

/** What a slot can be played with: its rungs, easiest first, then the movements that may stand in. */
export function choices({ rungs, others }: Slot): readonly Rung[] {
  return [...rungs, ...others];
}

export function choiceAt(slot: Slot, index: number): Rung {
  const choice = slot.rungs[index] ?? slot.others[index - slot.rungs.length];
  if (!choice) throw new RangeError(`No rung ${index} in ${slot.id}`);
  return choice;
}

/** Which of its choices the slot is played with now. */
export function rungIndex(run: RunState, slot: number): number {
  return run.slots[slot]?.rung ?? 0;
}

/** Which of the slot's choices a bout is done with while the slot stands at `rung`. */
export function playedIndex({ rungs }: Slot, bout: Bout, rung: number): number {
  // One knee is not the other; a movement that stands in is the same for both.
  return rung < rungs.length ? Math.max(0, rung - bout.easier_by) : rung;
}

/** Which of the slot's choices the bout at `place` is done with now. */
export function playedAt(timeline: Timeline, run: RunState, place: Place): number {
  const slot = slotAt(timeline, place.slot);
  return playedIndex(slot, boutAt(timeline, place), rungIndex(run, place.slot));
}

/** The movement of the bout at `place` now. */
export function rungAt(timeline: Timeline, run: RunState, place: Place): Rung {
  return choiceAt(slotAt(timeline, place.slot), playedAt(timeline, run, place));
}

/** The side a bout works with a movement: both where the movement knows no sides. */
export function sideOf(bout: Bout, rung: Rung): Bout["side"] {
  return rung.shown_side === null ? "both" : bout.side;
}

export function recordAt(run: RunState, place: Place): BoutState | undefined {
  return run.slots[place.slot]?.bouts[place.bout];
}

/** The place of the run's position in the timeline. */
export function placeOf(timeline: Timeline, run: RunState): Place {
  const slot = timeline.slots.findIndex(({ id }) => id === run.position.slot);
  return { slot: Math.max(0, slot), bout: run.position.bout };
}

/** The first bout of the slot with work left, or the first of all where none is left. */
export function openBout(run: RunState, slot: number): number {
  const open = run.slots[slot]?.bouts.findIndex(({ complete }) => !complete) ?? 0;
  return Math.max(0, open);
}

/** Whether there is work left in a slot that was not skipped. */
export function isOpen(run: RunState, slot: number): boolean {
  const page = run.slots[slot];
  return page !== undefined && !page.skipped && page.bouts.some(({ complete }) => !complete);
}

/** Where the run goes on by itself after the bout at `place`, or null at its end. */
export function after(timeline: Timeline, run: RunState, place: Place): Place | null {
  const { bouts } = slotAt(timeline, place.slot);
  const goesOn = !run.slots[place.slot]?.skipped && fitting(timeline, run, place.slot) !== null;
  if (goesOn && place.bout + 1 < bouts.length) {
    return { slot: place.slot, bout: place.bout + 1 };
  }
  for (let slot = place.slot + 1; slot < timeline.slots.length; slot += 1) {
    if (isOpen(run, slot) && fitting(timeline, run, slot) !== null)
      return { slot, bout: openBout(run, slot) };
  }
  return null;
}

/** How long one repetition takes, or the one hold [s]. */
export function cycleSeconds(rung: Rung): number {
  return rung.work.phases.reduce((sum, phase) => sum + phase.seconds, 0);
}

/** How long the work of one bout takes [s]; of a test at most. */
export function workSeconds(rung: Rung): number {
  const { kind, measured, phases, reps, seconds } = rung.work;
  if (kind === "count") return seconds;
  // A hold that is measured is over when it is let go: the way out is nobody's hurry.
  const timed = measured ? phases.slice(0, heldPhase(rung) + 1) : phases;
  return reps * timed.reduce((sum, phase) => sum + phase.seconds, 0);
}

/** Index of the phase of a hold that is held. */
export function heldPhase({ work }: Rung): number {
  return Math.max(
    0,
    work.phases.findIndex(({ seconds }) => seconds === work.hold_s),
  );
}

/** What a hold takes before it is held [s]. */
export function wayIn(rung: Rung): number {
  const before = rung.work.phases.slice(0, heldPhase(rung));
  return before.reduce((sum, phase) => sum + phase.seconds, 0);
}

/** Whether what is done of it is a result and no dose. */
export function isTest({ work }: Rung): boolean {
  return work.kind === "count" || work.measured;
}

/** Whether the slot is a test: nothing stands in for it, and nothing of it is easier or harder. */
export function isTestSlot(slot: Slot): boolean {
  return isTest(choiceAt(slot, slot.start_rung));
}

/** The next bout of the same slot with work left that is done with another side; or null. */
export function otherSide(timeline: Timeline, run: RunState, place: Place): Place | null {
  const { bouts } = slotAt(timeline, place.slot);
  const { side } = boutAt(timeline, place);
  const bout = bouts.findIndex(
    (each, index) =>
      index > place.bout && each.side !== side && !run.slots[place.slot]?.bouts[index]?.complete,
  );
  return bout < 0 ? null : { slot: place.slot, bout };
}

/** How long the bouts still to come after `place` take, with their rests and counts [s]. */
export function secondsAfter(timeline: Timeline, run: RunState, place: Place): number {
  let total = 0;
  let from = place;
  for (let next = after(timeline, run, from); next; next = after(timeline, run, from)) {
    const { rest_after_s: rest } = boutAt(timeline, from);
    const { get_ready_s: ready } = boutAt(timeline, next);
    total += rest + ready + workSeconds(rungAt(timeline, run, next));
    from = next;
  }
  return total;
}
