// SPDX-License-Identifier: Apache-2.0
// What a screen reader hears: turning points, not every count.

import { gettext, interpolate } from "./i18n";
import type { Moment } from "./moments";
import type { Scene, Snapshot } from "./snapshot";
import {
  afterPutInRest,
  amount,
  resultNext,
  resultSaid,
  secondsSaid,
  sideAndSet,
  sideName,
} from "./words";

/** Shortest time between two announcements [ms]; what comes sooner waits and is joined. */
const GAP_MS = 1200;
/** What is said at the same moment is joined [ms]. */
const FIRST_MS = 50;

/** The sentence for a moment, or null where there is nothing to say. */
export function sentence(moment: Moment, now: Snapshot): string | null {
  switch (moment) {
    case "get-ready":
      return gettext("Get ready.") + " " + described(now.here);
    case "switch":
      return interpolate(gettext("Switch sides. Now: %(side)s."), {
        side: sideName(now.here.side),
      });
    case "rest":
      return restSaid(now);
    case "go":
      return gettext("Go.");
    case "halfway":
      return gettext("Halfway.");
    case "end":
      return gettext("The session has ended.");
    case "paused":
      return gettext("Paused.");
    case "resumed":
      return gettext("On we go.");
    case "result":
      return now.test && `${resultSaid(now.test)} ${resultNext(now.test)}`;
    case "set-done":
    case "tick":
    case "rep":
      return null;
  }
}

function described(scene: Scene): string {
  const parts = [scene.rung.name, sideAndSet(scene), amount(scene.rung)];
  return `${parts.filter(Boolean).join(", ")}.`;
}

function restSaid(now: Snapshot): string {
  const rest = interpolate(gettext("Rest: %(time)s."), { time: secondsSaid(now.secondsLeft) });
  if (!now.next) return rest;
  const then = afterPutInRest(now);
  if (then) return `${rest} ${then}`;
  return `${rest} ${interpolate(gettext("Next: %(exercise)s"), { exercise: described(now.next) })}`;
}

/** Writes sentences into a live region, one after the other. */
export class Announcer {
  readonly #write: (text: string) => void;
  #waiting: string[] = [];
  #busy = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  say(text: string): void {
    this.#waiting.push(text);
    if (this.#busy) return;
    this.#busy = true;
    setTimeout(() => {
      this.#flush();
    }, FIRST_MS);
  }

  #flush(): void {
    this.#busy = this.#waiting.length > 0;
    if (!this.#busy) return;
    // Of many steps taken quickly only where they led matters.
    this.#write(this.#waiting.slice(-2).join(" "));
    this.#waiting = [];
    setTimeout(() => {
      this.#flush();
    }, GAP_MS);
  }
}
