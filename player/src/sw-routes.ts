// SPDX-License-Identifier: Apache-2.0
// What the service worker does with a request, decided by nothing but its method and address.

export type Route =
  /** The network as if there were no worker. */
  | "pass"
  /** Content never changes under this address: what is here is as good as what is there. */
  | "file"
  /** Words for any other page: the newest, or else those that were kept. */
  | "words"
  /**
   * The page that plays a kept session, and its words: as they were kept. Page, code and plan belong
   * together, and are renewed together.
   */
  | "kept"
  /** Any other page: from the network or not at all. */
  | "page";

const SHELL = /^\/play\/kept\/[a-z0-9-]+\/$/;
const FILES = ["/static/", "/media/packs/"];

export interface Asked {
  method: string;
  mode: string;
  url: string;
  /** The page that asks. */
  referrer?: string;
}

export function routeOf({ method, mode, url, referrer }: Asked, origin: string): Route {
  const { pathname, origin: where } = new URL(url);
  if (method !== "GET" || where !== origin || pathname.startsWith("/api/")) return "pass";
  if (mode === "navigate") return SHELL.test(pathname) ? "kept" : "page";
  if (pathname === "/i18n.js") return isShell(referrer, origin) ? "kept" : "words";
  return FILES.some((start) => pathname.startsWith(start)) ? "file" : "pass";
}

function isShell(referrer: string | undefined, origin: string): boolean {
  if (!referrer) return false;
  const { pathname, origin: where } = new URL(referrer);
  return where === origin && SHELL.test(pathname);
}

/** A short name for a list of addresses that carry the hash of their content: same list, same name. */
export function nameOf(urls: readonly string[]): string {
  let hash = 5381;
  for (const letter of [...urls].sort().join(" ")) {
    hash = (Math.imul(hash, 33) ^ (letter.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash.toString(36);
}
