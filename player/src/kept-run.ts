// SPDX-License-Identifier: Apache-2.0
// Runs of kept sessions: they begin in this browser, and the site hears of them when it can.

import { assertTaken, poster, RunUnknown, type Post } from "./courier";
import { freshToken } from "./csrf";
import { newId } from "./device";
import type { KeptSession, KeptStore, LocalRun } from "./kept-store";
import type { Outbox } from "./outbox";
import type { Payload, RunEvent } from "./wire";

/** A run left for longer than this belongs to another day [ms]. */
const A_NIGHT_MS = 6 * 3600 * 1000;

/**
 * The run to go on with, or a new one. `asked`: the run that this page showed before a reload,
 * which may be at its end.
 */
export async function findRun(
  store: KeptStore,
  kept: KeptSession,
  asked: string | null,
  now: Date,
): Promise<LocalRun> {
  const runs = await store.runsOf(kept.session);
  const same = asked ? runs.find(({ id }) => id === asked) : undefined;
  if (same) return same;
  const { timeline_hash: hash } = kept.package.payload.run;
  const fitting = runs.filter((run) => run.timeline_hash === hash && isOfNow(run, now));
  for (const run of fitting.sort((a, b) => b.begun.localeCompare(a.begun))) {
    if (!isFinished(await store.log(run.id))) return run;
  }
  const fresh = newRun(kept, now);
  await store.putRun(fresh);
  return fresh;
}

function newRun({ session, package: given }: KeptSession, now: Date): LocalRun {
  const id = newId();
  const { run, events_url: events, session_url } = given.payload;
  return {
    id,
    session,
    timeline_hash: run.timeline_hash,
    begun: now.toISOString(),
    open_url: given.open_url.replace(run.id, id),
    events_url: events.replace(run.id, id),
    session_url,
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

/** Forgets what is over and delivered, but for `but`. */
export async function prune(
  store: KeptStore,
  unsent: ReadonlySet<string>,
  now: Date,
  but = "",
): Promise<void> {
  for (const run of await store.runs()) {
    if (run.id === but || unsent.has(run.id)) continue;
    if (!isOfNow(run, now) || isFinished(await store.log(run.id))) await store.forget(run.id);
  }
}

/** The payload with which a kept session is played. */
export function payloadOf(kept: KeptSession, run: LocalRun, events: RunEvent[]): Payload {
  return {
    ...kept.package.payload,
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
      // The log first: what only the outbox has would be sent, and then missing here.
      await Promise.all([store.write(run, events), outbox.put(events)]);
    },
  };
}

/** Opens the run on the site before its first events, and again where the site lost it. */
export function keptPost(run: LocalRun, store: KeptStore): Post {
  const send = poster(run.events_url, "");
  let { opened } = run;
  const open = async (last: boolean): Promise<void> => {
    await openRun(run, last);
    opened = true;
    await store.putRun({ ...run, opened });
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
  run: { id: string };
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
