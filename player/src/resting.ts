// SPDX-License-Identifier: Apache-2.0
// What hurt and therefore rests for the remainder of the run, and what may stand in for what.

import {
  boutAt,
  choiceAt,
  choices,
  isTestSlot,
  playedIndex,
  rungIndex,
  slotAt,
  type Place,
} from "./plan";
import type { HurtState, Reason, Rung, RunState, Slot, Timeline } from "./wire";

/** What was worked out once for a plan and what happened in its run. */
type Memory<K extends object, V> = WeakMap<Timeline, WeakMap<K, V>>;

/** By what hurt, and by the run: both are made anew with each event, and read many times a frame. */
const RESTING: Memory<RunState["hurts"], ReadonlySet<string>> = new WeakMap();
const FITTING: Memory<RunState, Map<number, number | null>> = new WeakMap();

function remembered<K extends object, V>(
  memory: Memory<K, V>,
  timeline: Timeline,
  key: K,
  work: () => V,
): V {
  let ofPlan = memory.get(timeline);
  if (!ofPlan) memory.set(timeline, (ofPlan = new WeakMap<K, V>()));
  let known = ofPlan.get(key);
  if (known === undefined) ofPlan.set(key, (known = work()));
  return known;
}

/** Slugs of the movements that rest: those that hurt too much, and every harder one. */
export function resting(timeline: Timeline, { hurts }: RunState): ReadonlySet<string> {
  return remembered(RESTING, timeline, hurts, () => found(timeline, hurts));
}

function found(timeline: Timeline, hurts: RunState["hurts"]): ReadonlySet<string> {
  const before = timeline.resting ?? [];
  const out = new Set(before.flatMap((slug) => [slug, ...(timeline.harder[slug] ?? [])]));
  for (const hurt of hurts) {
    if (!stops(timeline, hurt)) continue;
    const from = movementOf(timeline, hurt);
    if (!from) continue;
    const { exercise } = from;
    for (const slug of [exercise, ...(timeline.harder[exercise] ?? [])]) out.add(slug);
  }
  return out;
}

/** No pain rule holds away from the knees: what hurts there is left alone, whatever its number. */
export function stops(
  { hurts }: Timeline,
  { where, pain }: Pick<HurtState, "where" | "pain">,
): boolean {
  return where === "elsewhere" || (pain ?? 0) >= hurts.stop_from;
}

/** Whether no bout of the slot would be done with a movement that rests. */
export function fits(timeline: Timeline, run: RunState, slot: Slot, rung: number): boolean {
  const out = resting(timeline, run);
  if (out.size === 0) return true;
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
  if (run.hurts.length === 0 && !timeline.resting?.length) return rungIndex(run, index);
  const known = remembered(FITTING, timeline, run, () => new Map<number, number | null>());
  let fit = known.get(index);
  if (fit === undefined) {
    fit = isAtRest(timeline, run, index)
      ? insteadOf(timeline, run, index, "ladder")
      : rungIndex(run, index);
    known.set(index, fit);
  }
  return fit;
}

/**
 * What the slot is played with where its movement rests: what the plan holds ready for pain, or the
 * highest rung below that does not rest. `first` of the two comes before the other: a movement that
 * has just hurt makes room for another one, an exercise to come is only made easier. The slot is
 * left (null) where neither is there, and never before. Nothing stands in for a test.
 */
export function insteadOf(
  timeline: Timeline,
  run: RunState,
  index: number,
  first: "stand-in" | "ladder",
): number | null {
  const slot = slotAt(timeline, index);
  if (isTestSlot(slot)) return null;
  const stands = rungIndex(run, index);
  const isOnLadder = stands < slot.rungs.length;
  const ready = readyFor(slot, stands);
  const standIn = ready !== null && fits(timeline, run, slot, ready) ? ready : null;
  if (standIn !== null && first === "stand-in") return standIn;
  // Below a movement that stands in: from the rung that was planned.
  for (let rung = isOnLadder ? stands - 1 : slot.start_rung; rung >= 0; rung -= 1) {
    if (fits(timeline, run, slot, rung)) return rung;
  }
  return standIn;
}

/** What the plan holds ready for pain at the choice the slot stands at. */
function readyFor(slot: Slot, stands: number): number | null {
  const ready = substitute(slot, "hurts");
  const leads = ready !== null && ready !== stands && isSensible(slot, stands, ready, "hurts");
  return leads ? ready : null;
}

/** A report of pain, and the movement that hurt. */
export interface Ache {
  readonly hurt: HurtState;
  readonly from: Rung;
}

/** The newest pain that made room for `rung` in the slot; null: it stands there for no pain. */
export function madeRoom(timeline: Timeline, run: RunState, slot: Slot, rung: number): Ache | null {
  const isStandIn = rung >= slot.rungs.length;
  if (isStandIn && rung !== substitute(slot, "hurts")) return null;
  const { exercise } = choiceAt(slot, rung);
  for (const hurt of run.hurts.toReversed()) {
    const from = movementOf(timeline, hurt);
    if (!from || from.exercise === exercise) continue;
    if (moves(timeline, hurt, from, slot, rung)) return { hurt, from };
  }
  return null;
}

/** Whether pain in `from` leads to an easier rung of the slot, or to what stands in there. */
function moves(
  timeline: Timeline,
  hurt: HurtState,
  { exercise }: Rung,
  slot: Slot,
  rung: number,
): boolean {
  const isStop = stops(timeline, hurt);
  if (hurt.slot === slot.id) {
    const isEase = (hurt.pain ?? 0) >= timeline.hurts.step_down_from;
    // Harder than what hurt is the person's own choice.
    return (isStop || isEase) && (rung < hurt.rung || rung >= slot.rungs.length);
  }
  const out = [exercise, ...(timeline.harder[exercise] ?? [])];
  return (
    isStop && rung !== slot.start_rung && out.includes(choiceAt(slot, slot.start_rung).exercise)
  );
}

/** The movement that hurt; null: it is none of this plan. */
function movementOf({ slots }: Timeline, hurt: HurtState): Rung | null {
  const slot = slots.find(({ id }) => id === hurt.slot);
  return slot ? choiceAt(slot, hurt.rung) : null;
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
  if (stands >= slot.rungs.length || isTestSlot(slot)) return null;
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
  if (isTestSlot(slot)) return null;
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
