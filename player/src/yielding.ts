// SPDX-License-Identifier: Apache-2.0
// How a run yields: skips, swaps, pain and what follows from it, and how it felt. Pure, as all
// transitions are; each consequence is an event of its own, so that the fold stays simple.

import {
  after,
  isOpen,
  isTestSlot,
  otherSide,
  playedAt,
  rungIndex,
  slotAt,
  type Place,
} from "./plan";
import { fits, fitting, insteadOf, isAtRest, offer, stepped, stops } from "./resting";
import type { Frame, State, Step } from "./state";
import { finish, keepWork, land, leaveWork, log } from "./step";
import { acting, hasWorkLeft, isPlaying, restart } from "./transitions";
import type { Rating, Reason, Where } from "./wire";

/** The bout that a skip or a swap is about: the one at hand, or in a rest the one to come. */
export function subject(frame: Frame, state: State): Place | null {
  const { phase, at, run } = state;
  if (!isPlaying(state)) return null;
  return phase.kind === "rest" && !phase.midway ? after(frame.timeline, run, at) : at;
}

/**
 * Passes over what is left of the exercise, for a reason; of a test what is left of the side at
 * hand. `about`: where that was decided.
 */
export function skipFor(
  frame: Frame,
  state: State,
  now: number,
  reason: Reason,
  about?: Place | null,
): Step {
  return acting(frame, state, now, (step) => {
    const place = about ?? subject(frame, step.state);
    return place ? leave(frame, leaveWork(frame, step, now), now, place, reason) : step;
  });
}

/** Puts what stands ready for the reason in place of the exercise. */
export function swapFor(
  frame: Frame,
  state: State,
  now: number,
  reason: Reason,
  about?: Place | null,
): Step {
  return acting(frame, state, now, (step) => {
    const place = about ?? subject(frame, step.state);
    const rung = place && offer(frame.timeline, step.state.run, place, reason);
    if (place === null || rung === null) return step;
    return put(frame, keepWork(frame, step, now), now, place.slot, rung, reason);
  });
}

/** Puts the movement that was planned back in place of the one that stands in for it. */
export function swapBack(frame: Frame, state: State, now: number, about?: Place | null): Step {
  return acting(frame, state, now, (step) => {
    const place = about ?? subject(frame, step.state);
    const rung = place && planned(frame, step.state, place.slot);
    if (place === null || rung === null) return step;
    const slot = slotAt(frame.timeline, place.slot).id;
    const kept = keepWork(frame, step, now);
    const back = log(frame, kept, now, { type: "rung-changed", slot, rung });
    return place.slot === step.state.at.slot ? restart(frame, back, now) : back;
  });
}

/** The rung the slot began with, where a movement stands in for it that may leave; or null. */
export function planned(frame: Frame, { run }: State, index: number): number | null {
  const slot = slotAt(frame.timeline, index);
  if (rungIndex(run, index) < slot.rungs.length) return null;
  return fits(frame.timeline, run, slot, slot.start_rung) ? slot.start_rung : null;
}

/** A bout, and which of its slot's choices it was done with. */
export interface Played extends Place {
  readonly rung: number;
}

/**
 * A movement hurt in a knee, 0 to 10, or elsewhere (then `pain` may be null): that of the bout at
 * hand, or that of `about`, from where the run moved on while the person was asked.
 *
 * From `stop_from` on, and anywhere else than in a knee, it rests with every harder one: here and
 * in every exercise still to come. From `step_down_from` on the exercise goes on easier. A test of
 * one side ends with any pain.
 */
export function hurt(
  frame: Frame,
  state: State,
  now: number,
  where: Where,
  pain: number | null,
  about?: Played,
): Step {
  return acting(frame, state, now, (step) => {
    if (!isPlaying(step.state)) return step;
    const { timeline } = frame;
    const { at, run } = step.state;
    const it = about ?? { ...at, rung: playedAt(timeline, run, at) };
    const felt = feel(frame, leaveWork(frame, step, now), now, where, pain, it);
    const severe = stops(timeline, { where, pain });
    const how = {
      goesOn: hasWorkLeft(frame, step.state),
      leaves: where === "elsewhere" && it.slot === at.slot,
    };
    if (severe) return takeOut(frame, felt, now, how);
    if (endsTest(frame, step.state, it)) return leave(frame, felt, now, at, "hurts");
    const eases = (pain ?? 0) >= timeline.hurts.step_down_from;
    return eases ? stepDown(frame, felt, now, it) : felt;
  });
}

/** Whether it hurt in a test that is under way. */
function endsTest({ timeline }: Frame, { at, phase }: State, { slot }: Played): boolean {
  return slot === at.slot && phase.kind !== "rest" && isTestSlot(slotAt(timeline, slot));
}

/** A sign is there that somebody should look at: the session ends here. */
export function flag(frame: Frame, state: State, now: number, slug: string): Step {
  return acting(frame, state, now, (step) => {
    const kept = leaveWork(frame, step, now);
    const named = log(frame, kept, now, { type: "flagged", flag: slug });
    return named.state.phase.kind === "end" ? named : finish(frame, named, now);
  });
}

/** How the session felt; the last telling counts. */
export function rate(frame: Frame, state: State, now: number, rating: Rating): Step {
  return acting(frame, state, now, (step) =>
    step.state.phase.kind === "end" ? log(frame, step, now, { type: "rated", ...rating }) : step,
  );
}

function feel(
  frame: Frame,
  step: Step,
  now: number,
  where: Where,
  pain: number | null,
  it: Played,
): Step {
  const slot = slotAt(frame.timeline, it.slot).id;
  return log(frame, step, now, { type: "hurt", slot, rung: it.rung, where, pain });
}

/** Takes what rests out of every other exercise with work left. */
function spare(frame: Frame, step: Step, now: number): Step {
  const { at } = step.state;
  return frame.timeline.slots.reduce((before, { id: slot }, index) => {
    const { run } = before.state;
    const concerns = index !== at.slot && isOpen(run, index);
    if (!concerns || !isAtRest(frame.timeline, run, index)) return before;
    const rung = fitting(frame.timeline, run, index);
    return rung === null
      ? log(frame, before, now, { type: "skipped", slot, reason: "hurts" })
      : log(frame, before, now, { type: "swapped", slot, rung, reason: "hurts" });
  }, step);
}

interface Yield {
  /** There was work left at hand when it hurt. */
  readonly goesOn: boolean;
  /** The exercise at hand is left, whatever stands ready. */
  readonly leaves: boolean;
}

/** What rests makes room, at hand and everywhere else. */
function takeOut(frame: Frame, step: Step, now: number, { goesOn, leaves }: Yield): Step {
  const spared = spare(frame, step, now);
  const { at, run } = spared.state;
  const yields = leaves || isAtRest(frame.timeline, run, at.slot);
  return goesOn && yields ? giveWay(frame, spared, now, !leaves) : spared;
}

/** The exercise at hand yields to what stands ready, or is left. */
function giveWay(frame: Frame, step: Step, now: number, swaps: boolean): Step {
  const { at, run } = step.state;
  const rung = swaps ? insteadOf(frame.timeline, run, at.slot, "stand-in") : null;
  if (rung === null) return leave(frame, step, now, at, "hurts");
  return put(frame, step, now, at.slot, rung, "hurts");
}

/** A rung down, or what stands ready where there is none; else it is the person's to choose. */
function stepDown(frame: Frame, step: Step, now: number, it: Played): Step {
  const { timeline } = frame;
  const { at, run } = step.state;
  const goesOn = it.slot === at.slot ? hasWorkLeft(frame, step.state) : isOpen(run, it.slot);
  // It was made another one meanwhile.
  if (!goesOn || playedAt(timeline, run, it) !== it.rung) return step;
  const rung = stepped(timeline, run, it, -1) ?? offer(timeline, run, it, "hurts");
  return rung === null ? step : put(frame, step, now, it.slot, rung, "hurts");
}

function put(
  frame: Frame,
  step: Step,
  now: number,
  index: number,
  rung: number,
  reason: Reason,
): Step {
  const slot = slotAt(frame.timeline, index).id;
  const swapped = log(frame, step, now, { type: "swapped", slot, rung, reason });
  return index === step.state.at.slot ? restart(frame, swapped, now) : swapped;
}

function leave(frame: Frame, step: Step, now: number, from: Place, reason: Reason): Step {
  const { id: slot } = slotAt(frame.timeline, from.slot);
  const left = log(frame, step, now, { type: "skipped", slot, reason });
  const { at, run } = left.state;
  const to = sideLeft(frame, step.state, from) ?? after(frame.timeline, run, at);
  if (!to) return finish(frame, left, now);
  // From the rest before an exercise that is left, the rest goes on.
  return from.slot === at.slot ? land(frame, left, now, to, "next") : left;
}

/** Of a test that is left on one side: the other one, which may still be tested. */
function sideLeft({ timeline }: Frame, { at, run }: State, from: Place): Place | null {
  const isHere = from.slot === at.slot && isTestSlot(slotAt(timeline, from.slot));
  return isHere && fitting(timeline, run, from.slot) !== null
    ? otherSide(timeline, run, from)
    : null;
}
