// SPDX-License-Identifier: Apache-2.0
// Carries events from the outbox to the site: one courier per run, however many tabs are open.

import { token } from "./csrf";
import type { Outbox } from "./outbox";
import type { Batch, BatchAnswer, RunEvent } from "./wire";

export const BATCH = 100;
export const SETTLE_MS = 1000;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 120_000;
const NUMBERINGS = 3;

/** How a request gets to the site; `last`: the page may be gone before the answer comes. */
export type Post = (batch: Batch, last: boolean) => Promise<BatchAnswer>;

/** Runs work while no other tab does the same. */
export type Alone = (work: () => Promise<void>) => Promise<void>;

/** The site knows no such run of this person, as after an erasure: asking again is of no use. */
export class RunUnknown extends Error {}

/** The site takes no such batch, whatever is in it; a smaller one may go through. */
export class BatchRefused extends Error {}

export interface Options {
  outbox: Outbox;
  post: Post;
  alone: Alone;
  /** The highest seq of the run seen so far. */
  seen: () => number;
  /**
   * The event under a number of its own, after all seen: two pages of one browser may have used the
   * same number, where the one could not know of the other yet.
   */
  renumber: (event: RunEvent) => RunEvent;
  /** Takes in what other devices logged. */
  onOthers: (events: unknown[]) => void;
  /** Told when events wait because the site cannot be reached, and when that is over. */
  onWaiting: (waiting: boolean) => void;
  /** Told once that the site takes no events of this run any more. */
  onUnknown: () => void;
}

export class Courier {
  readonly #options: Options;
  /** What the site has not settled; the outbox holds the same for a later page. */
  readonly #unsettled = new Map<string, RunEvent>();
  /** How often an event was given another number. */
  readonly #numberings = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** 0 while the site answers, else the wait after the next failure [ms]. */
  #backOff = 0;
  #flight: Promise<void> | null = null;
  /** Events sent at once: fewer while the site refuses whole batches. */
  #size = BATCH;
  /** The site does not know the run, so nothing is kept or sent any more. */
  #isOver = false;

  constructor(options: Options, kept: readonly RunEvent[]) {
    this.#options = options;
    for (const event of kept) this.#unsettled.set(event.id, event);
  }

  /** Keeps the events, and sends them when no further one has come for a second. */
  add(events: readonly RunEvent[]): void {
    if (this.#isOver) return;
    for (const event of events) this.#unsettled.set(event.id, event);
    this.#keep(this.#options.outbox.put(events));
    if (this.#backOff === 0) this.#flushIn(SETTLE_MS);
  }

  /** Sends all that waits, now; resolves when the site has it or could not be reached. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#flight ??= this.#options
      .alone(() => this.#send())
      .catch((error: unknown) => (error instanceof RunUnknown ? this.#stop() : this.#fail(error)))
      .finally(() => {
        this.#flight = null;
      });
    return this.#flight;
  }

  /** Sends what waits at once, as the last thing a page may do. */
  async farewell(): Promise<void> {
    if (this.#unsettled.size === 0) return;
    const batch = this.#batch();
    try {
      await this.#settle(batch.events, await this.#options.post(batch, true));
    } catch (error) {
      // Else the outbox has the events: this page or the next one sends them again.
      if (error instanceof RunUnknown) await this.#stop();
    }
  }

  async #send(): Promise<void> {
    while (this.#unsettled.size > 0) {
      const batch = this.#batch();
      const settled = await this.#deliver(batch);
      if (settled === 0) throw new Error("The site settled none of the events");
    }
    this.#backOff = 0;
    this.#options.onWaiting(false);
  }

  /** Posts the batch, or as much of it as the site takes; how many events were settled. */
  async #deliver({ events, ...batch }: Batch): Promise<number> {
    try {
      const settled = await this.#settle(
        events,
        await this.#options.post({ ...batch, events }, false),
      );
      this.#size = Math.min(BATCH, this.#size * 2);
      return settled;
    } catch (error) {
      if (!(error instanceof BatchRefused)) throw error;
      const [first, ...others] = events;
      if (!first || others.length === 0) return this.#setAside(events, error);
      this.#size = Math.ceil(events.length / 2);
      return this.#deliver({ ...batch, events: events.slice(0, this.#size) });
    }
  }

  /** Lets go of what the site refuses even on its own: it would hold up all that comes after. */
  async #setAside(events: readonly RunEvent[], why: BatchRefused): Promise<number> {
    for (const event of events) {
      console.warn("The site refused an event on its own.", event, why);
      this.#unsettled.delete(event.id);
    }
    await this.#options.outbox.drop(events.map(({ id }) => id));
    this.#size = 1;
    return events.length;
  }

  #fail(error: unknown): void {
    console.warn("Events wait in the outbox.", error);
    this.#options.onWaiting(true);
    this.#backOff = Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, this.#backOff * 2));
    this.#flushIn(this.#backOff);
  }

  /** Lets go of everything for good: the person may have had it erased. */
  async #stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#unsettled.clear();
    this.#options.onUnknown();
    try {
      const { outbox } = this.#options;
      await outbox.drop((await outbox.all()).map(({ id }) => id));
    } catch (error) {
      console.warn("The outbox of this browser could not be emptied.", error);
    }
  }

  #flushIn(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  #batch(): Batch {
    const events = [...this.#unsettled.values()].slice(0, this.#size);
    return { format: 1, after: this.#options.seen(), events };
  }

  /** Lets go of what the site has or will never take; how many events that were. */
  async #settle(sent: readonly RunEvent[], answer: BatchAnswer): Promise<number> {
    const { outbox, renumber, onOthers } = this.#options;
    if (answer.events_after.length > 0) onOthers(answer.events_after);
    const refused = answer.rejected.map(({ index }) => sent[index]?.id ?? "");
    const settled = [...answer.accepted, ...answer.duplicate, ...refused];
    for (const id of settled) this.#unsettled.delete(id);
    const again = answer.rejected.flatMap((refusal) => {
      const event = sent[refusal.index];
      if (refusal.field === "seq" && event && this.#mayRenumber(event.id)) return renumber(event);
      console.warn(`The site refused event ${refusal.id}: ${refusal.field}: ${refusal.message}`);
      return [];
    });
    for (const event of again) this.#unsettled.set(event.id, event);
    await outbox.drop(settled);
    await outbox.put(again);
    return settled.length;
  }

  #mayRenumber(id: string): boolean {
    const times = (this.#numberings.get(id) ?? 0) + 1;
    this.#numberings.set(id, times);
    return times <= NUMBERINGS;
  }

  #keep(write: Promise<void>): void {
    write.catch((error: unknown) => {
      console.warn("Events could not be kept in this browser; they are sent all the same.", error);
    });
  }
}

/**
 * Answers that say that the run is not this person's, or not there: none gets better by waiting.
 * Not 403: that is a lost CSRF token, which a reload renews, so nothing may be thrown away.
 */
const UNKNOWN = new Set([401, 404]);

/** Answers that refuse the batch as a whole: too large, or in a shape that the site does not know. */
const REFUSED = new Set([413, 422]);

/**
 * Posts to the site with the CSRF token that this browser has by now, or else the one given.
 * Rejects for every answer that is not 200.
 */
export function poster(url: string, csrfToken: string): Post {
  return async (batch, last) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() || csrfToken },
      body: JSON.stringify(batch),
      credentials: "same-origin",
      keepalive: last,
    });
    if (UNKNOWN.has(response.status)) throw new RunUnknown(`${url} answered ${response.status}`);
    if (REFUSED.has(response.status)) throw new BatchRefused(`${url} answered ${response.status}`);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return (await response.json()) as BatchAnswer;
  };
}

/** One tab at a time by the browser's locks; without them, ids keep events from counting twice. */
export function aloneFor(run: string): Alone {
  // Absent outside secure contexts, such as a site served over plain HTTP in a home network.
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return (work) => work();
  return (work) => locks.request(`hipfirst-outbox-${run}`, work);
}
