// SPDX-License-Identifier: Apache-2.0
// Brings a session with all it needs into this browser, wholly or not at all.

import { codeOf } from "./courier";
import { freshToken } from "./csrf";
import { CACHE, OFFLINE_URL } from "./kept-names";
import type { KeptSession, KeptStore, Package } from "./kept-store";
import { runsWaiting } from "./outbox";

const AT_ONCE = 4;

/** Told how many files of how many are here. */
export type Progress = (done: number, of: number) => void;

/** The site said no, in its own words; without any it was something on the way to it. */
export class Refusal extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** Asks the site to plan the session for this person. Throws Refusal, or Error without network. */
export async function askPackage(
  url: string,
  page: string,
  signal?: AbortSignal,
): Promise<Package> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": await freshToken(page, signal) },
    credentials: "same-origin",
    signal: signal ?? null,
  });
  if (!response.ok) throw await refusalOf(response);
  const given = (await response.json()) as Package;
  if ((given.format as number) !== 1) throw new Error(`Package format ${given.format} is unknown`);
  return given;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const code = await codeOf(response);
  if (!code) return new Refusal("", "");
  const { error } = (await response.json()) as { error: { message?: string } };
  return new Refusal(error.message ?? "", code);
}

/**
 * Keeps a package, or renews the one there is. Whatever breaks off on the way, the session is kept
 * as it was before, or not at all. `signal` breaks off.
 */
export async function keep(
  store: KeptStore,
  given: Package,
  progress: Progress,
  signal?: AbortSignal,
): Promise<KeptSession> {
  return alone(async () => {
    const before = await store.session(given.session);
    try {
      return await download(store, given, before, progress, signal);
    } catch (error) {
      if (before) await store.keep(before);
      else await store.remove(given.session);
      throw error;
    } finally {
      await sweep(store);
    }
  });
}

export async function remove(store: KeptStore, session: string): Promise<void> {
  const kept = await store.session(session);
  await alone(async () => {
    await store.remove(session);
    await sweep(store);
  });
  // The person need not wait for the site.
  if (kept) void forgetThere(store, kept);
}

/** Tells the site that the session is kept no longer, once it has the runs of it. */
async function forgetThere(store: KeptStore, kept: KeptSession): Promise<void> {
  if (!navigator.onLine) return;
  try {
    const { deliverAll } = await import("./kept-deliver");
    await deliverAll();
    const waiting = new Set(await runsWaiting());
    const runs = await store.runsOf(kept.session);
    // Of what it no longer knows as kept, the site would not open a run either.
    if (runs.some(({ id }) => waiting.has(id)) || (await store.session(kept.session))) return;
    await fetch(keepUrl(kept.session), {
      method: "DELETE",
      headers: { "X-CSRFToken": await freshToken(kept.package.payload.session_url) },
      credentials: "same-origin",
    });
  } catch (error) {
    console.warn("The site could not be told.", error);
  }
}

/** Where a session is given along, and given up. */
export function keepUrl(session: string): string {
  return `/api/kept/${session}`;
}

/** Lets go of files that no kept session needs, unless a download is under way. */
export async function tidy(store: KeptStore): Promise<void> {
  const locks = (navigator as { locks?: LockManager }).locks;
  await locks?.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await sweep(store);
  });
}

async function download(
  store: KeptStore,
  given: Package,
  before: KeptSession | undefined,
  progress: Progress,
  signal: AbortSignal | undefined,
): Promise<KeptSession> {
  const cache = await caches.open(CACHE);
  const files = [...new Set(given.files)];
  const pages = [...new Set([given.shell_url, OFFLINE_URL, ...given.pages])];
  let done = 0;
  const count = (): void => progress((done += 1), files.length + pages.length);
  await inTurn(files, async (url) => {
    if (!(await cache.match(url, MATCH))) await cache.put(url, await get(url, signal));
    count();
  });
  // Pages name files: they are put in place when all files are here, and the record before them
  // speaks for the files of both the old and the new ones.
  const fresh = await Promise.all(pages.map(async (url) => [url, await get(url, signal)] as const));
  const urls = [...files, ...pages];
  const kept: KeptSession = {
    session: given.session,
    title: given.title,
    at: new Date().toISOString(),
    bytes: 0,
    urls: [...urls, ...(before?.urls ?? [])],
    package: given,
  };
  signal?.throwIfAborted();
  await store.keep(kept);
  await replace(cache, fresh, count);
  const whole = { ...kept, urls, bytes: (await weight(cache, urls)) + lengthOf(given) };
  await store.keep(whole);
  return whole;
}

/** Puts all pages in the place of the old ones, or leaves those. */
async function replace(
  cache: Cache,
  fresh: readonly (readonly [string, Response])[],
  count: () => void,
): Promise<void> {
  const old: [string, Response][] = [];
  try {
    for (const [url, response] of fresh) {
      const before = await cache.match(url, MATCH);
      if (before) old.push([url, before]);
      await cache.put(url, response);
      count();
    }
  } catch (error) {
    for (const [url, response] of old) await cache.put(url, response);
    throw error;
  }
}

/** A file of the site that may be kept. Rejects for any other answer. */
async function get(url: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(url, { credentials: "same-origin", signal: signal ?? null });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  if (response.headers.get("Cache-Control")?.includes("no-store")) {
    throw new Error(`${url} is not to be kept`);
  }
  // A page that was redirected to is refused as an answer to an address of its own.
  if (!response.redirected) return response;
  return new Response(await response.blob(), { headers: response.headers });
}

async function weight(cache: Cache, urls: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const url of urls) {
    const response = await cache.match(url, MATCH);
    if (!response) throw new Error(`${url} is gone from the cache`);
    bytes += (await response.blob()).size;
  }
  return bytes;
}

function lengthOf(given: Package): number {
  return new Blob([JSON.stringify(given)]).size;
}

async function inTurn(urls: string[], work: (url: string) => Promise<void>): Promise<void> {
  const left = [...urls];
  const line = async (): Promise<void> => {
    for (let url = left.shift(); url; url = left.shift()) await work(url);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, line));
  } finally {
    // What one line broke off, the others need not finish.
    left.length = 0;
  }
}

async function sweep(store: KeptStore): Promise<void> {
  const sessions = await store.sessions();
  if (sessions.length === 0) {
    await caches.delete(CACHE);
    return;
  }
  // A page that plays needs the files it came with, whatever its session was renewed to.
  const needed = new Set([...sessions, ...(await store.runs())].flatMap(({ urls }) => urls));
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!needed.has(pathname + search)) await cache.delete(request, MATCH);
  }
}

const MATCH = { ignoreVary: true };
const LOCK = "hipfirst-keeping";

async function alone<T>(work: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? locks.request(LOCK, work) : work();
}
