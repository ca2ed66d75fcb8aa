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
/** How long what the site knows no run for is kept, in case its person uses this browser again. */
const LOST_AFTER_MS = 30 * 24 * 3600 * 1000;

/** How a request gets to the site; `last`: the page may be gone before the answer comes. */
export type Post = (batch: Batch, last: boolean) => Promise<BatchAnswer>;

/** Runs work while no other tab does the same. */
export type Alone = (work: () => Promise<void>) => Promise<void>;

/**
 * The site knows no such run of this person. It was erased, or it is of somebody who used this
 * browser before and may again: to the site both are the same. This page asks no more.
 */
export class RunUnknown extends Error {}

/** The site does not know this browser any more; what is kept here waits until it does. */
export class Stranger extends Error {}

/** The site takes no such batch; a smaller one may go through. */
export class BatchRefused extends Error {
  /** Even a single event would be too much: the fault lies with what is in it. */
  readonly isTooMuch: boolean;

  constructor(message: string, isTooMuch = false) {
    super(message);
    this.isTooMuch = isTooMuch;
  }
}

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
  /**
   * Told when events wait, and when that is over; `stranger`: not because the site cannot be
   * reached, but because it does not know this browser.
   */
  onWaiting: (waiting: boolean, stranger: boolean) => void;
  /**
   * Told once that the site takes no events of this run from who uses this browser now; `isLost`:
   * nothing waits for anybody else either.
   */
  onUnknown: (isLost: boolean) => void;
  /** Told with every answer that says so whether the person's knee check stops all sessions. */
  onStopped?: (stopped: boolean) => void;
  /** Told when this browser refuses to store an event, which then lasts as long as the page. */
  onUnstored?: () => void;
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
  /** What was set aside before was tried once more, as every page does. */
  #hasTriedAside = false;
  /** The site does not know the run, so this page sends no more of it. */
  #isOver = false;

  constructor(options: Options, kept: readonly RunEvent[]) {
    this.#options = options;
    for (const event of kept) this.#unsettled.set(event.id, event);
  }

  /** Keeps the events, and sends them when no further one has come for a second. */
  add(events: readonly RunEvent[]): void {
    this.#keep(this.#options.outbox.put(events));
    if (this.#isOver) return;
    for (const event of events) this.#unsettled.set(event.id, event);
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
    // Before anything of this page comes to be among it.
    const aside = this.#hasTriedAside ? [] : await this.#options.outbox.aside();
    while (this.#unsettled.size > 0) {
      const batch = this.#batch();
      const settled = await this.#deliver(batch);
      if (settled === 0) throw new Error("The site settled none of the events");
    }
    await this.#tryAside(aside.slice(0, BATCH));
    this.#backOff = 0;
    this.#options.onWaiting(false, false);
  }

  /** Offers what the site refused to an earlier page: it may have learnt to read it since. */
  async #tryAside(events: RunEvent[]): Promise<void> {
    this.#hasTriedAside = true;
    if (events.length === 0) return;
    const batch: Batch = { format: 1, after: this.#options.seen(), events };
    try {
      const { accepted, duplicate } = await this.#options.post(batch, false);
      await this.#options.outbox.drop([...accepted, ...duplicate]);
    } catch (error) {
      if (error instanceof RunUnknown) throw error;
      console.warn("What was set aside stays so.", error);
    }
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
      if (events.length > 1) {
        this.#size = Math.ceil(events.length / 2);
        return this.#deliver({ ...batch, events: events.slice(0, this.#size) });
      }
      // What is no fault of the event would befall all that come after it: better to wait.
      if (!error.isTooMuch) throw error;
      await this.#setAside(events);
      return events.length;
    }
  }

  /** Keeps what the site refuses out of the way of all that comes after. */
  async #setAside(events: readonly RunEvent[]): Promise<void> {
    if (events.length === 0) return;
    console.warn("The site refused events; they are set aside.", events);
    for (const event of events) this.#unsettled.delete(event.id);
    await this.#options.outbox.setAside(events);
  }

  #fail(error: unknown): void {
    console.warn("Events wait in the outbox.", error);
    this.#options.onWaiting(true, error instanceof Stranger);
    this.#backOff = Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, this.#backOff * 2));
    this.#flushIn(this.#backOff);
  }

  /** Sends no more. What waits is kept for its person, until it is too old to be missed. */
  async #stop(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#unsettled.clear();
    this.#options.onUnknown(await this.#dropLost());
  }

  /** Lets go of what waited for long; whether nothing is left. */
  async #dropLost(): Promise<boolean> {
    try {
      const { outbox } = this.#options;
      const kept = [...(await outbox.all()), ...(await outbox.aside())];
      const lost = kept.filter((event) => isLost(event, Date.now()));
      await outbox.drop(lost.map(({ id }) => id));
      return lost.length === kept.length;
    } catch (error) {
      console.warn("The outbox of this browser could not be tidied.", error);
      return false;
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

  /** Lets go of what the site has, sets aside what it refuses; how many events that were. */
  async #settle(sent: readonly RunEvent[], answer: BatchAnswer): Promise<number> {
    const { outbox, renumber, onOthers, onStopped } = this.#options;
    if (answer.events_after.length > 0) onOthers(answer.events_after);
    if (answer.stopped !== undefined) onStopped?.(answer.stopped);
    const settled = [...answer.accepted, ...answer.duplicate];
    for (const id of settled) this.#unsettled.delete(id);
    const again: RunEvent[] = [];
    const refused: RunEvent[] = [];
    for (const { index, field, id, message } of answer.rejected) {
      const event = sent[index];
      if (!event) continue;
      if (field === "seq" && this.#mayRenumber(event.id)) again.push(renumber(event));
      else {
        console.warn(`The site refused event ${id}: ${field}: ${message}`);
        refused.push(event);
      }
    }
    for (const event of again) this.#unsettled.set(event.id, event);
    // Whatever stays is written before anything goes: a page may end between the two.
    await outbox.put(again);
    await this.#setAside(refused);
    await outbox.drop(settled);
    return settled.length + again.length + refused.length;
  }

  #mayRenumber(id: string): boolean {
    const times = (this.#numberings.get(id) ?? 0) + 1;
    this.#numberings.set(id, times);
    return times <= NUMBERINGS;
  }

  #keep(write: Promise<void>): void {
    write.catch((error: unknown) => {
      console.warn("Events could not be kept in this browser; they are sent all the same.", error);
      this.#options.onUnstored?.();
    });
  }
}

/** Too far from now, either way: a clock that was wrong must not keep anything for ever. */
function isLost({ at }: RunEvent, now: number): boolean {
  return !(Math.abs(now - Date.parse(at)) <= LOST_AFTER_MS);
}

/**
 * What the site itself calls its refusal; empty for the words of anything on the way to it, such
 * as the sign-in page of a network or a proxy whose site is away.
 */
export async function codeOf(response: Response): Promise<string> {
  try {
    const body = (await response.clone().json()) as { error?: { code?: unknown } } | null;
    const code = body?.error?.code;
    return typeof code === "string" ? code : "";
  } catch {
    return "";
  }
}

/**
 * Refusals that waiting on this page does not better: the run is not there, or not of who uses this
 * browser now. Not "csrf": a reload renews that mark. Not "unknown-visitor": erasing clears the
 * browser as well, so whoever still keeps something here has only lost a cookie.
 */
const UNKNOWN = new Set(["not-found", "never-given", "run-taken", "other-timeline"]);

/** Throws what an answer other than a good one means. */
export async function assertTaken(url: string, response: Response): Promise<void> {
  if (response.ok) return;
  const code = await codeOf(response);
  const said = `${url} answered ${response.status} ${code}`;
  if (UNKNOWN.has(code)) throw new RunUnknown(said);
  if (code === "unknown-visitor") throw new Stranger(said);
  // Anything on the way may find a batch too large as well; only the site knows of its events.
  if (REFUSED.has(response.status)) throw new BatchRefused(said, TOO_MUCH.has(code));
  throw new Error(said);
}

/** Answers that refuse the batch as a whole: too large, or in a shape that the site does not know. */
const REFUSED = new Set([413, 422]);
const TOO_MUCH = new Set(["too-large", "too-many-events"]);

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
    await assertTaken(url, response);
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
