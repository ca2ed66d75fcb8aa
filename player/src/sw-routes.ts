// SPDX-License-Identifier: Apache-2.0
// What the service worker does with a request, decided by nothing but its method and address.

export type Route =
  /** The network as if there were no worker. */
  | "pass"
  /** Content never changes under this address: what is here is as good as what is there. */
  | "file"
  /** The words of the player: the newest, or else those that were kept. */
  | "words"
  /** The page that plays a kept session: the newest, or else the one that was kept. */
  | "shell"
  /** Any other page: from the network or not at all. */
  | "page";

const SHELL = /^\/play\/kept\/[a-z0-9-]+\/$/;
const FILES = ["/static/", "/media/packs/"];

export interface Asked {
  method: string;
  mode: string;
  url: string;
}

export function routeOf({ method, mode, url }: Asked, origin: string): Route {
  const { pathname, origin: where } = new URL(url);
  if (method !== "GET" || where !== origin || pathname.startsWith("/api/")) return "pass";
  if (mode === "navigate") return SHELL.test(pathname) ? "shell" : "page";
  if (pathname === "/i18n.js") return "words";
  return FILES.some((start) => pathname.startsWith(start)) ? "file" : "pass";
}
