// SPDX-License-Identifier: Apache-2.0
// The conversation about a movement that does not suit: what is asked, and what follows from it.

import type { Act } from "./conductor";
import { choiceAt, isTestSlot, playedAt, playedIndex, rungIndex, slotAt, type Place } from "./plan";
import { offer } from "./resting";
import type { Frame, State } from "./state";
import { still } from "./step";
import { changeRung, endNow } from "./transitions";
import type { Reason, RedFlag, Rung, RunEvent, Where } from "./wire";
import * as yielding from "./yielding";

export type Knee = Exclude<Where, "elsewhere">;

/** Another exercise that changed because of what hurt. */
export interface Change {
  readonly from: Rung;
  /** Null: it is left out. */
  readonly to: Rung | null;
}

/** What became of a report of pain. */
export interface Felt {
  readonly where: Where;
  readonly pain: number | null;
  /** `rest`: the movement rests; `ease`: it goes on easier; `choose`: the person chooses. */
  readonly rule: "rest" | "ease" | "choose";
  /** The movement that hurt. */
  readonly from: Rung;
  /** What stands in its place now; null: it was left, or stays as it is. */
  readonly to: Rung | null;
  /** It hurt in a test, which ends on that side. */
  readonly isTest: boolean;
  /** There is work left in the exercise that hurt. */
  readonly goesOn: boolean;
  /** Where it stays as it is: what could be done instead. */
  readonly ready: Rung | null;
  readonly later: readonly Change[];
}

export type Ask =
  | { readonly step: "reasons" | "where" }
  | { readonly step: "pain"; readonly where: Knee }
  | {
      readonly step: "offer";
      readonly reason: Reason;
      readonly from: Rung;
      readonly to: Rung | null;
    }
  | { readonly step: "felt" | "flags" | "clear"; readonly felt: Felt }
  | { readonly step: "advice"; readonly flag: RedFlag };

export interface Host {
  readonly frame: Frame;
  readonly state: () => State;
  /** Does it; the events that were logged. */
  readonly act: (act: Act) => readonly RunEvent[];
  /** Puts the next question; null ends the conversation. */
  readonly show: (ask: Ask | null) => void;
}

/** What is talked about, noted as the talk begins: the run may be moved on meanwhile. */
interface About {
  readonly felt: yielding.Played;
  readonly subject: Place | null;
}

export class Asking {
  readonly #host: Host;
  #about: About | null = null;
  #reason: Reason = "not-today";

  constructor(host: Host) {
    this.#host = host;
  }

  begin(): void {
    const { frame, state } = this.#host;
    const { at, run } = state();
    const rung = playedAt(frame.timeline, run, at);
    this.#about = { felt: { ...at, rung }, subject: yielding.subject(frame, state()) };
    this.#host.show({ step: "reasons" });
  }

  reason(reason: Reason): void {
    this.#reason = reason;
    // Nothing stands in for a test.
    if (reason !== "hurts" && this.#isTest()) {
      this.pass();
      return;
    }
    this.#host.show(reason === "hurts" ? { step: "where" } : this.#offered(reason));
  }

  where(where: Where): void {
    if (where === "elsewhere") this.hurt(where, null);
    else this.#host.show({ step: "pain", where });
  }

  /** A movement hurt: the rules act at once, then it is told what they did. */
  hurt(where: Where, pain: number | null): void {
    const { frame, state, act, show } = this.#host;
    this.#reason = "hurts";
    const before = state();
    const about = this.#about?.felt;
    const events = act((...now) => yielding.hurt(...now, where, pain, about));
    const felt = feltOf(frame, before, state(), events);
    // Of a test the other side may still come: from here on the talk is about that.
    if (felt?.isTest && this.#about) {
      this.#about = { ...this.#about, subject: yielding.subject(frame, state()) };
    }
    if (!felt) show(null);
    else show({ step: where === "elsewhere" ? "flags" : "felt", felt });
  }

  /** Asks what was left open, as after a reload. */
  recall({ slot: id, rung, where, pain }: HurtEvent): void {
    const slot = this.#host.frame.timeline.slots.find((each) => each.id === id);
    if (!slot) return;
    const from = choiceAt(slot, rung);
    const gone = { to: null, isTest: isTestSlot(slot), goesOn: false, ready: null, later: [] };
    this.#host.show({ step: "flags", felt: { where, pain, rule: "rest", from, ...gone } });
  }

  /** Does what stands ready for the reason given. */
  take(): void {
    this.#end((...now) => yielding.swapFor(...now, this.#reason, this.#about?.subject));
  }

  /** Passes over the rest of the exercise, for the reason given. */
  pass(): void {
    this.#end((...now) => yielding.skipFor(...now, this.#reason, this.#about?.subject));
  }

  ease(): void {
    this.#end((...now) => (this.#isHere(now[1]) ? changeRung(...now, -1) : still(now[1])));
  }

  /** Back to the movement as planned. */
  planned(): void {
    this.#end((...now) => yielding.swapBack(...now, this.#about?.subject));
  }

  /** Goes on with the run as it stands. */
  stay(): void {
    this.#host.show(null);
  }

  /** A red flag is true: the session ends here. Null: none is. */
  flag(flag: RedFlag | null, felt: Felt): void {
    if (!flag) this.#host.show({ step: "clear", felt });
    else {
      this.#host.act((...now) => yielding.flag(...now, flag.slug));
      this.#host.show({ step: "advice", flag });
    }
  }

  finish(): void {
    this.#end(endNow);
  }

  #end(act: Act): void {
    this.#host.act(act);
    this.#host.show(null);
  }

  #isTest(): boolean {
    const place = this.#about?.subject;
    return Boolean(place && isTestSlot(slotAt(this.#host.frame.timeline, place.slot)));
  }

  #isHere({ at }: State): boolean {
    return !this.#about || at.slot === this.#about.felt.slot;
  }

  #offered(reason: Reason): Ask {
    const { frame, state } = this.#host;
    const { timeline } = frame;
    const place = this.#about?.subject;
    if (!place) return { step: "reasons" };
    const { run } = state();
    const slot = slotAt(timeline, place.slot);
    const bout = slot.bouts[place.bout];
    const rung = offer(timeline, run, place, reason);
    return {
      step: "offer",
      reason,
      from: choiceAt(slot, playedAt(timeline, run, place)),
      to: rung === null || !bout ? null : choiceAt(slot, playedIndex(slot, bout, rung)),
    };
  }
}

type HurtEvent = RunEvent & { type: "hurt" };

/** What may follow pain away from the knees before its questions are answered. */
const BEFORE_ANSWER: ReadonlySet<RunEvent["type"]> = new Set<RunEvent["type"]>([
  "done",
  "moved",
  "paused",
  "skipped",
  "started",
  "swapped",
]);

/** The newest pain away from the knees, where the run was not taken up or ended since; or null. */
export function unanswered(events: readonly RunEvent[]): HurtEvent | null {
  const newest = [...events].sort((one, other) => other.seq - one.seq);
  const last = newest.find(({ type }) => !BEFORE_ANSWER.has(type));
  return last?.type === "hurt" && last.where === "elsewhere" ? last : null;
}

/** What became of the newest report of pain among the events; null: there is none. */
export function feltOf(
  frame: Frame,
  before: State,
  state: State,
  events: readonly RunEvent[],
): Felt | null {
  const { timeline } = frame;
  const hurt = events.findLast((event) => event.type === "hurt");
  const index = timeline.slots.findIndex(({ id }) => id === hurt?.slot);
  if (!hurt || index < 0) return null;
  const followed = events.slice(events.indexOf(hurt) + 1);
  const slot = slotAt(timeline, index);
  const from = choiceAt(slot, hurt.rung);
  const isSwapped = followed.some((event) => event.type === "swapped" && event.slot === slot.id);
  const place = { slot: index, bout: state.at.slot === index ? state.at.bout : 0 };
  const goesOn = yielding.subject(frame, state)?.slot === index;
  const ready = goesOn && !isSwapped ? offer(timeline, state.run, place, "hurts") : null;
  return {
    where: hurt.where,
    pain: hurt.pain,
    rule: ruleFor(frame, hurt),
    from,
    to: isSwapped ? choiceAt(slot, playedAt(timeline, state.run, place)) : null,
    isTest: isTestSlot(slot),
    goesOn,
    ready: ready === null ? null : choiceAt(slot, ready),
    later: once(followed.flatMap((event) => changeOf(frame, before, event, slot.id))),
  };
}

function ruleFor({ timeline }: Frame, { where, pain }: HurtEvent): Felt["rule"] {
  const { stop_from: stop, step_down_from: ease } = timeline.hurts;
  if (where === "elsewhere" || (pain ?? 0) >= stop) return "rest";
  return (pain ?? 0) >= ease ? "ease" : "choose";
}

/** Two exercises may be the same movement, and then change alike. */
function once(changes: readonly Change[]): Change[] {
  const keyOf = ({ from, to }: Change): string => `${from.exercise} ${to?.exercise ?? ""}`;
  return [...new Map(changes.map((change) => [keyOf(change), change])).values()];
}

function changeOf({ timeline }: Frame, before: State, event: RunEvent, hurt: string): Change[] {
  if ((event.type !== "swapped" && event.type !== "skipped") || event.slot === hurt) return [];
  const index = timeline.slots.findIndex(({ id }) => id === event.slot);
  const slot = slotAt(timeline, index);
  const from = choiceAt(slot, rungIndex(before.run, index));
  return [{ from, to: event.type === "swapped" ? choiceAt(slot, event.rung) : null }];
}
