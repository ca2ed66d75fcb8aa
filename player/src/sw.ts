// SPDX-License-Identifier: Apache-2.0
// The service worker. It brings kept sessions without a network and says so where there is none.
// Nothing that belongs to a person is cached: pages and answers go past it, and a kept session's
// own words lie in the browser's database. A new worker waits until every page of the old one is
// gone, so that an update never changes anything under a session that plays.

/// <reference lib="webworker" />
import { matchPrecache, precache } from "workbox-precaching";
import { createPartialResponse } from "workbox-range-requests";
import { CACHE, OFFLINE_URL } from "./kept-names";
import { nameOf, routeOf } from "./sw-routes";

interface Built {
  url: string;
  revision: string | null;
}

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: unknown };

/** What this worker was built with, which no other was. */
const BUILT = self.__WB_MANIFEST as Built[];
const SHELLS = "hipfirst-shell";
/** The offline page and what it needs, for who has kept nothing yet: as old as the files it names. */
const SHELL = `${SHELLS}-${nameOf(BUILT.map(({ url }) => url))}`;
/** A site that has not answered by then is treated as away [ms]. */
const PATIENCE_MS = 4000;
const WORDS_URL = "/i18n.js";

precache(BUILT);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([OFFLINE_URL, WORDS_URL])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells());
});

self.addEventListener("fetch", (event) => {
  switch (routeOf(event.request, self.location.origin)) {
    case "pass":
      return;
    case "file":
      event.respondWith(file(event.request));
      return;
    case "words":
      event.respondWith(newest(event.request));
      return;
    case "kept":
      event.respondWith(asKept(event.request));
      return;
    case "page":
      event.respondWith(fetch(event.request).catch(() => offline()));
      return;
  }
});

async function file(request: Request): Promise<Response> {
  const found = (await matchPrecache(request.url)) ?? (await kept(request.url));
  if (!found) return fetch(request);
  // Players of sound ask for a part at a time.
  return request.headers.has("range") ? createPartialResponse(request, found) : found;
}

/** From the network, while it answers well and in time; else what was kept. */
async function newest(request: Request): Promise<Response> {
  const known = await kept(request.url);
  if (!known) return fetch(request);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return fresh.ok ? fresh : known;
  } catch {
    return known;
  }
}

/** As it was kept with all that it needs: the network may know newer, and not bring all of it. */
async function asKept(request: Request): Promise<Response> {
  const known = await kept(request.url);
  if (known) return known;
  return fetch(request).catch(() => (isPage(request) ? offline() : Response.error()));
}

async function dropOldShells(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(SHELLS) && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
}

function isPage({ mode }: Request): boolean {
  return mode === "navigate";
}

async function kept(url: string): Promise<Response | undefined> {
  const { origin, pathname } = new URL(url);
  for (const name of [CACHE, SHELL]) {
    if (!(await caches.has(name))) continue;
    const cache = await caches.open(name);
    const found = await cache.match(origin + pathname, { ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

async function offline(): Promise<Response> {
  return (await kept(self.location.origin + OFFLINE_URL)) ?? Response.error();
}
