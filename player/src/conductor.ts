// SPDX-License-Identifier: Apache-2.0
// Holds the state of this page, lets transitions change it and tells who watches.

import { moments, type Moment } from "./moments";
import { read } from "./read";
import { snapshot, type Snapshot } from "./snapshot";
import type { Frame, State, Step } from "./state";
import * as transitions from "./transitions";
import { shapeOf, type RunEvent } from "./wire";

export type Act = (frame: Frame, state: State, now: number) => Step;

/** Told after each look at the time: what there is to see, and what happened since the last look. */
export type Watcher = (now: Snapshot, happened: readonly Moment[]) => void;

export class Conductor {
  readonly frame: Frame;
  readonly #clock: () => number;
  readonly #watchers: Watcher[] = [];
  readonly #onLogged: (events: readonly RunEvent[]) => void;
  #events: RunEvent[];
  #state: State;
  #seen: Snapshot;

  /** `clock` tells the time [ms]; `onLogged` gets each event once, when it is made. */
  constructor(
    frame: Frame,
    events: readonly RunEvent[],
    clock: () => number,
    onLogged: (events: readonly RunEvent[]) => void,
  ) {
    this.frame = frame;
    this.#clock = clock;
    this.#onLogged = onLogged;
    this.#events = [...events];
    this.#state = transitions.opened(frame, events, clock());
    this.#seen = snapshot(frame, this.#state, clock());
  }

  get state(): State {
    return this.#state;
  }

  /** All that is known of the run. */
  get events(): readonly RunEvent[] {
    return this.#events;
  }

  /** What there was to see at the last look. */
  get seen(): Snapshot {
    return this.#seen;
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
    watcher(this.#seen, []);
  }

  /** Looks at the time. */
  look(): void {
    this.do(transitions.advance);
  }

  do(act: Act): readonly RunEvent[] {
    const now = this.#clock();
    const step = act(this.frame, this.#state, now);
    this.#state = step.state;
    this.#events.push(...step.events);
    if (step.events.length > 0) this.#onLogged(step.events);
    this.#tell(now, step.events);
    return step.events;
  }

  /** Takes in events from elsewhere; those known or faulty are passed over. */
  absorb(raw: readonly unknown[]): void {
    const known = new Set(this.#events.map(({ id }) => id));
    const { events } = read(shapeOf(this.frame.timeline), raw);
    const fresh = events.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return;
    this.#events.push(...fresh);
    this.do((frame, state, now) => transitions.absorb(frame, state, now, this.#events));
  }

  /** Gives one of the events a number after all others, which may change what the run comes to. */
  renumber(event: RunEvent): RunEvent {
    const renumbered = { ...event, seq: this.#state.run.last_seq + 1 };
    this.#events = this.#events.map((each) => (each.id === event.id ? renumbered : each));
    this.do((frame, state, now) => transitions.absorb(frame, state, now, this.#events));
    // An event that does not fit this run has no part in it, and yet its number is used up.
    const run = { ...this.#state.run, last_seq: renumbered.seq };
    this.#state = { ...this.#state, run };
    return renumbered;
  }

  #tell(now: number, events: readonly RunEvent[]): void {
    const before = this.#seen;
    this.#seen = snapshot(this.frame, this.#state, now);
    const happened = moments(before, this.#seen, events);
    for (const watcher of this.#watchers) watcher(this.#seen, happened);
  }
}
