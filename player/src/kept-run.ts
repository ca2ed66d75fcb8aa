// SPDX-License-Identifier: Apache-2.0
// Runs of kept sessions: they begin in this browser, and the site hears of them when it can.

import { assertTaken, poster, RunUnknown, type Post } from "./courier";
import { freshToken } from "./csrf";
import { newId } from "./device";
import { aching } from "./kept-felt";
import type { KeptSession, KeptStore, LocalRun } from "./kept-store";
import type { Outbox } from "./outbox";
import type { Payload, RunEvent } from "./wire";

/** A run left for longer than this belongs to another day [ms]. */
const A_NIGHT_MS = 6 * 3600 * 1000;

/**
 * The run to go on with, if any. `asked`: the run that this page showed before a reload, which may
 * be at its end.
 */
export async function runUnderWay(
  store: KeptStore,
  kept: KeptSession,
  asked: string | null,
  now: Date,
): Promise<LocalRun | null> {
  const runs = await store.runsOf(kept.session);
  const same = asked ? runs.find(({ id }) => id === asked) : undefined;
  if (same) return same;
  const { timeline_hash: hash } = kept.package.payload.run;
  const fitting = runs.filter((run) => run.timeline_hash === hash && isOfNow(run, now));
  for (const run of fitting.sort((a, b) => b.begun.localeCompare(a.begun))) {
    if (!isFinished(await store.log(run.id))) return run;
  }
  return null;
}

/** A new run, in which what hurt in this browser lately rests. Not stored yet. */
export function newRun({ session, package: given, urls }: KeptSession, now: Date): LocalRun {
  const id = newId();
  const { run, events_url: events, session_url, timeline } = given.payload;
  const resting = aching(now);
  return {
    id,
    session,
    timeline_hash: run.timeline_hash,
    begun: now.toISOString(),
    open_url: given.open_url.replace(run.id, id),
    events_url: events.replace(run.id, id),
    session_url,
    payload: { ...given.payload, timeline: { ...timeline, resting } },
    urls,
    opened: false,
  };
}

/** Begun today, or in a night that is not over yet. */
function isOfNow({ begun }: LocalRun, now: Date): boolean {
  const then = new Date(begun);
  return then.toDateString() === now.toDateString() || +now - +then < A_NIGHT_MS;
}

/** A move after the end opens a run again. */
export function isFinished(log: readonly RunEvent[]): boolean {
  const told = log.filter(({ type }) => type === "finished" || type === "moved");
  return told.at(-1)?.type === "finished";
}

/**
 * Forgets what was delivered on earlier days, but for `but`. A run of today stays, over or not: the
 * page of another tab may show it.
 */
export async function prune(
  store: KeptStore,
  unsent: ReadonlySet<string>,
  now: Date,
  but = "",
): Promise<void> {
  for (const run of await store.runs()) {
    if (run.id === but || unsent.has(run.id)) continue;
    if (!isOfNow(run, now)) await store.forget(run.id);
  }
}

/** The payload with which a kept session is played. */
export function payloadOf(run: LocalRun, events: RunEvent[]): Payload {
  return {
    ...run.payload,
    run: { id: run.id, timeline_hash: run.timeline_hash },
    events,
    events_url: run.events_url,
  };
}

/** An outbox whose events stay in the log of this browser when the site has them. */
export function logged(outbox: Outbox, store: KeptStore, run: string): Outbox {
  return {
    ...outbox,
    async put(events) {
      // Both at once: a page that goes away has no time for one after the other.
      await Promise.all([quietly(store.write(run, events)), outbox.put(events)]);
    },
    async drop(ids) {
      // Nothing leaves the outbox that is missing in the log.
      const left = (await outbox.all()).filter(({ id }) => ids.includes(id));
      await quietly(store.write(run, left));
      await outbox.drop(ids);
    },
  };
}

/** All that was logged here of a run, with what only the outbox has of it. */
export async function wholeLog(store: KeptStore, outbox: Outbox, run: string): Promise<RunEvent[]> {
  const waiting = [...(await outbox.all()), ...(await outbox.aside())];
  await quietly(store.write(run, waiting));
  const all = [...(await store.log(run)), ...waiting];
  return [...new Map(all.map((each) => [each.id, each])).values()];
}

/** For writes that an erasure takes away, or a full device refuses: the run goes on without. */
export async function quietly(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    console.warn("The log of this browser could not be written.", error);
  }
}

/**
 * Opens the run on the site before its first events, and again where the site lost it. `onStopped`
 * is told whether the person's knee check stops all sessions, where the opening says so.
 */
export function keptPost(
  run: LocalRun,
  store: KeptStore,
  onStopped: (stopped: boolean) => void = () => undefined,
): Post {
  const send = poster(run.events_url, "");
  let { opened } = run;
  const open = async (last: boolean): Promise<void> => {
    const { stopped } = await openRun(run, last);
    if (stopped !== undefined) onStopped(stopped);
    opened = true;
    await quietly(store.putRun({ ...run, opened }));
  };
  return async (batch, last) => {
    const known = opened;
    if (!opened) await open(last);
    try {
      return await send(batch, last);
    } catch (error) {
      // Put back from an older backup, the site knows the timeline and not the run.
      if (!known || !(error instanceof RunUnknown)) throw error;
      await open(last);
      return send(batch, last);
    }
  };
}

/** What the site answers to the opening. */
interface Opened {
  run?: { id: string };
  /** The newest knee check names a sign that somebody should look at first. */
  stopped?: boolean;
}

async function openRun(run: LocalRun, last: boolean): Promise<Opened> {
  const { open_url: url, timeline_hash, session } = run;
  const response = await fetch(url, {
    method: "PUT",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": await freshToken(run.session_url),
    },
    body: JSON.stringify({ format: 1, timeline_hash, session }),
    credentials: "same-origin",
    keepalive: last,
  });
  await assertTaken(url, response);
  const opened = (await response.json()) as Opened | null;
  // Anything on the way may say that all is well.
  if (opened?.run?.id !== run.id) throw new Error(`${url} was answered by something else`);
  return opened;
}
