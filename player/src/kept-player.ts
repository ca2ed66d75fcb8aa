// SPDX-License-Identifier: Apache-2.0
// What the page of a kept session loads: the page holds nothing of a person, this browser does.

import { deliverAll } from "./kept-deliver";
import { keep } from "./kept-download";
import { noteStopped } from "./kept-felt";
import { ASK_MS, renewed } from "./kept-renew";
import { keptPost, logged, newRun, payloadOf, quietly, runUnderWay, wholeLog } from "./kept-run";
import {
  openKept,
  type KeptSession,
  type KeptStore,
  type LocalRun,
  type Package,
} from "./kept-store";
import { mount } from "./mount";
import { openOutbox, remembered } from "./outbox";
import type { RunEvent } from "./wire";

const LAST = "hipfirst-kept-run";

const place = document.getElementById("player");
if (!place) throw new Error("The page has no element #player to play in");
const slug = /\/play\/kept\/([^/]+)/.exec(location.pathname)?.[1] ?? "";
try {
  await open(place, slug);
} catch (error) {
  console.error("The kept session could not be opened.", error);
  show("not-opened");
}

/** Plays the session where it is kept here and may begin; else says why not. */
async function open(where: HTMLElement, session: string): Promise<void> {
  const store = await openKept().catch((error: unknown) => {
    console.warn("This browser keeps nothing.", error);
    return null;
  });
  const kept = await store?.session(session);
  if (!store || !kept) {
    show("not-kept");
    return;
  }
  // The title of the page is its own and, after the dot, the name of the site.
  document.title = kept.title + document.title.slice(document.title.indexOf(" · "));
  const underWay = await runUnderWay(store, kept, afterReload(), new Date());
  // What waits may be pain that today's plan has to know of. It may also be of other days, for who
  // opens nothing but kept sessions.
  const delivered = deliverAll(underWay?.id).catch((error: unknown) => {
    console.warn("What waits in this browser could not be sent.", error);
  });
  if (!underWay) await Promise.race([delivered, aWhile()]);
  const run = underWay ?? (await begun(store, kept));
  if (run) await play(where, store, run, underWay !== null || (await canStore(store, run)));
}

/** As long as a person waits for the site. */
function aWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ASK_MS));
}

/** A new run of today's plan, or null where none may begin. */
async function begun(store: KeptStore, kept: KeptSession): Promise<LocalRun | null> {
  const renewal = await renewed(store, kept, new Date());
  if (renewal.kind !== "begin") {
    show(renewal.kind, "message" in renewal ? renewal.message : "");
    return null;
  }
  const run = newRun(renewal.kept, new Date());
  if (renewal.again) keepWhenPlaying(store, renewal.again);
  // This page came with the files that were kept before, and may still ask for one.
  return { ...run, urls: [...new Set([...run.urls, ...kept.urls])] };
}

let keepLater: (() => void) | null = null;

/** The files of the site as it is now, for the next time: they come when this page has its own. */
function keepWhenPlaying(store: KeptStore, given: Package): void {
  keepLater = () => {
    keep(store, given, () => undefined).catch((error: unknown) => {
      console.warn("The session stays as it was kept.", error);
    });
  };
}

/** A device may be full, or a browser refuse: the session plays all the same. */
async function canStore(store: KeptStore, run: LocalRun): Promise<boolean> {
  try {
    await store.putRun(run);
    return true;
  } catch (error) {
    console.warn("This browser can store nothing: what is not sent goes with the page.", error);
    return false;
  }
}

async function play(
  where: HTMLElement,
  store: KeptStore,
  run: LocalRun,
  isStored: boolean,
): Promise<void> {
  if (isStored) rememberRun(run.id);
  const outbox = isStored ? await openOutbox(run.id) : remembered();
  const known = isStored ? await wholeLog(store, outbox, run.id) : [];
  await mount(where, payloadOf(run, known), {
    outbox: isStored ? logged(outbox, store, run.id) : outbox,
    post: keptPost(run, store, noteStopped),
    onOthers: (events) => {
      if (isStored) void quietly(store.write(run.id, events as RunEvent[]));
    },
    unstored: !isStored,
  });
  keepLater?.();
}

/** Shows one of the page's words in place of the player. */
function show(id: string, said = ""): void {
  const part = document.getElementById(id);
  part?.removeAttribute("hidden");
  const words = part?.querySelector("[data-said]");
  if (words && said) words.textContent = said;
}

function rememberRun(id: string): void {
  try {
    sessionStorage.setItem(LAST, id);
  } catch {
    // Then a reload after the end begins anew.
  }
}

/** The run that this tab showed before it was loaded again; opened anew it begins anew. */
function afterReload(): string | null {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  try {
    return entry?.type === "reload" ? sessionStorage.getItem(LAST) : null;
  } catch {
    return null;
  }
}
