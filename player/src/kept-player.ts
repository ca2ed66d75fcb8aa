// SPDX-License-Identifier: Apache-2.0
// What the page of a kept session loads: the page holds nothing of a person, this browser does.

import { deliverAll } from "./kept-deliver";
import { openKept } from "./kept-store";
import { findRun, keptPost, logged, payloadOf } from "./kept-run";
import { mount } from "./mount";
import { openOutbox } from "./outbox";
import type { RunEvent } from "./wire";

const LAST = "hipfirst-kept-run";

const place = document.getElementById("player");
if (!place) throw new Error("The page has no element #player to play in");
const slug = /\/play\/kept\/([^/]+)/.exec(location.pathname)?.[1] ?? "";
if (!(await play(place, slug))) {
  document.getElementById("not-kept")?.removeAttribute("hidden");
}

/** Whether the session is kept here, and now plays. */
async function play(where: HTMLElement, session: string): Promise<boolean> {
  const store = await openKept().catch((error: unknown) => {
    console.warn("This browser keeps nothing.", error);
    return null;
  });
  const kept = await store?.session(session);
  if (!store || !kept) return false;
  document.title = `${kept.title} · Hipfirst`;
  const now = new Date();
  const run = await findRun(store, kept, afterReload(), now);
  sessionStorage.setItem(LAST, run.id);
  const payload = payloadOf(kept, run, await store.log(run.id));
  await mount(where, payload, {
    outbox: logged(await openOutbox(run.id), store, run.id),
    post: keptPost(run, store),
    onOthers: (events) => {
      store.write(run.id, events as RunEvent[]).catch((error: unknown) => {
        console.warn("What another device did could not be kept in this browser.", error);
      });
    },
  });
  // What was played here on other days may still wait, for who opens nothing but kept sessions.
  deliverAll(run.id).catch((error: unknown) => {
    console.warn("What waits in this browser could not be sent.", error);
  });
  return true;
}

/** The run that this tab showed before it was loaded again; opened anew it begins anew. */
function afterReload(): string | null {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.type === "reload" ? sessionStorage.getItem(LAST) : null;
}
