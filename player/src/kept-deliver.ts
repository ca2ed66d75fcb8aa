// SPDX-License-Identifier: Apache-2.0
// Delivers what waits in this browser although no player is open: of a run that was finished
// without a network, or whose tab was closed before the site had it all.

import { aloneFor, Courier, poster, type Post } from "./courier";
import { isDatabase, KEPT, OUTBOX } from "./kept-names";
import { noteStopped } from "./kept-felt";
import { keptPost, logged, prune, quietly, wholeLog } from "./kept-run";
import { openKept, type KeptStore } from "./kept-store";
import { openOutbox, runsWaiting, type Outbox } from "./outbox";
import type { RunEvent } from "./wire";

/**
 * Starts a courier for every run with events that wait, except `but`, which has one; they go on
 * trying while the page lives.
 */
export async function deliverAll(but = ""): Promise<Courier[]> {
  if (!(await isDatabase(OUTBOX))) return [];
  const waiting = await runsWaiting();
  const store = (await isDatabase(KEPT)) ? await openKept() : null;
  const couriers = await Promise.all(
    waiting.filter((run) => run !== but).map((run) => courierFor(run, store)),
  );
  await Promise.all(couriers.map((courier) => courier.flush()));
  if (store) await prune(store, new Set(await runsWaiting()), new Date(), but);
  return couriers;
}

async function courierFor(run: string, store: KeptStore | null): Promise<Courier> {
  const local = await store?.run(run);
  const plain = await openOutbox(run);
  const isLocal = store !== null && local !== undefined;
  const outbox: Outbox = isLocal ? logged(plain, store, run) : plain;
  const post: Post = isLocal
    ? keptPost(local, store, noteStopped)
    : poster(`/api/runs/${run}/events`, "");
  const waiting = await outbox.all();
  const known = isLocal ? await wholeLog(store, plain, run) : [];
  let highest = Math.max(0, ...[...waiting, ...known].map(({ seq }) => seq));
  return new Courier(
    {
      outbox,
      post,
      alone: aloneFor(run),
      seen: () => highest,
      renumber: (event) => ({ ...event, seq: (highest += 1) }),
      onOthers: (events) => {
        const others = events as RunEvent[];
        highest = Math.max(highest, ...others.map(({ seq }) => seq));
        if (isLocal) void quietly(store.write(run, others));
      },
      onWaiting: () => undefined,
      onUnknown: (isLost) => {
        if (store && isLost) void quietly(store.forget(run));
      },
      onStopped: noteStopped,
    },
    waiting,
  );
}
