// SPDX-License-Identifier: Apache-2.0
// What hurt and therefore rests for the remainder of the run, and what may stand in for what.

import { boutAt, choiceAt, choices, playedIndex, rungIndex, slotAt, type Place } from "./plan";
import type { HurtState, Reason, RunState, Slot, Timeline } from "./wire";

/** Slugs of the movements that rest: those that hurt too much, and every harder one. */
export function resting(timeline: Timeline, run: RunState): ReadonlySet<string> {
  const found = new Set<string>();
  for (const hurt of run.hurts) {
    if (!stops(timeline, hurt)) continue;
    const slot = timeline.slots.find(({ id }) => id === hurt.slot);
    if (!slot) continue;
    const { exercise } = choiceAt(slot, hurt.rung);
    for (const slug of [exercise, ...(timeline.harder[exercise] ?? [])]) found.add(slug);
  }
  return found;
}

/** No pain rule holds away from the knees: what hurts there is left alone, whatever its number. */
function stops({ hurts }: Timeline, { where, pain }: HurtState): boolean {
  return where === "elsewhere" || (pain ?? 0) >= hurts.stop_from;
}

/** Whether no bout of the slot would be done with a movement that rests. */
export function fits(timeline: Timeline, run: RunState, slot: Slot, rung: number): boolean {
  const out = resting(timeline, run);
  return slot.bouts.every(
    (bout) => !out.has(choiceAt(slot, playedIndex(slot, bout, rung)).exercise),
  );
}

/** Whether the slot stands at a movement that rests. */
export function isAtRest(timeline: Timeline, run: RunState, index: number): boolean {
  return !fits(timeline, run, slotAt(timeline, index), rungIndex(run, index));
}

/**
 * What the slot is played with: as it stands, else the highest rung below that does not rest, else
 * what stands in for it. Null: nothing of it can be done in this run any more.
 */
export function fitting(timeline: Timeline, run: RunState, index: number): number | null {
  if (run.hurts.length === 0) return rungIndex(run, index);
  const slot = slotAt(timeline, index);
  const stands = rungIndex(run, index);
  const highest = stands < slot.rungs.length ? stands - 1 : slot.start_rung;
  const below = Array.from({ length: highest + 1 }, (_, n) => highest - n);
  const wanted = [stands, ...below, substitute(slot, "hurts")];
  return wanted.find((rung) => rung !== null && fits(timeline, run, slot, rung)) ?? null;
}

/** The choice that the plan offers for a reason. */
export function substitute(slot: Slot, reason: Reason): number | null {
  const slug = slot.substitutes[reason];
  const index = choices(slot).findIndex(({ exercise }) => exercise === slug);
  return slug === undefined || index < 0 ? null : index;
}

/** The rung one step harder (1) or easier (-1) for the bout at `place`; null: there is none. */
export function stepped(
  timeline: Timeline,
  run: RunState,
  place: Place,
  by: 1 | -1,
): number | null {
  const slot = slotAt(timeline, place.slot);
  const bout = boutAt(timeline, place);
  const stands = rungIndex(run, place.slot);
  if (stands >= slot.rungs.length) return null;
  const played = playedIndex(slot, bout, stands);
  for (let rung = stands + by; rung >= 0 && rung < slot.rungs.length; rung += by) {
    // A bout that is done easier than its slot may stay the same for a step or two.
    if (playedIndex(slot, bout, rung) === played) continue;
    return fits(timeline, run, slot, rung) ? rung : null;
  }
  return null;
}

/** What stands ready in place of the movement at `place`, for a reason; null: nothing does. */
export function offer(
  timeline: Timeline,
  run: RunState,
  place: Place,
  reason: Reason,
): number | null {
  const slot = slotAt(timeline, place.slot);
  const bout = boutAt(timeline, place);
  const played = playedIndex(slot, bout, rungIndex(run, place.slot));
  const isOther = (rung: number): boolean =>
    choiceAt(slot, playedIndex(slot, bout, rung)).exercise !== choiceAt(slot, played).exercise;
  const serves = (rung: number): boolean =>
    isOther(rung) && isSensible(slot, played, rung, reason) && fits(timeline, run, slot, rung);
  const wanted = [substitute(slot, reason), onTheLadder(timeline, run, place, reason)];
  return wanted.find((rung) => rung !== null && serves(rung)) ?? null;
}

function onTheLadder(
  timeline: Timeline,
  run: RunState,
  place: Place,
  reason: Reason,
): number | null {
  if (reason === "too-easy") return stepped(timeline, run, place, 1);
  return reason === "too-hard" || reason === "hurts" ? stepped(timeline, run, place, -1) : null;
}

/** The plan's offer was made for the rung it began with: from another it may be no way on. */
function isSensible({ rungs }: Slot, played: number, rung: number, reason: Reason): boolean {
  if (played >= rungs.length || rung >= rungs.length) return true;
  if (reason === "too-easy") return rung > played;
  return (reason !== "too-hard" && reason !== "hurts") || rung < played;
}
