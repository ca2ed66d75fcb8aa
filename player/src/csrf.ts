// SPDX-License-Identifier: Apache-2.0
// The mark by which the site knows its own pages, read from its cookie when it is needed: a page
// may lie open, or in a cache, for longer than the mark it came with.

/** The token of this browser now; empty where it has none. */
export function token(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(cookies());
  return found?.[1] ?? "";
}

/** The token, after asking `page` for one if need be. Rejects without a network. */
export async function freshToken(page: string, signal?: AbortSignal): Promise<string> {
  if (!token()) await fetch(page, { credentials: "same-origin", signal: signal ?? null });
  return token();
}

function cookies(): string {
  return (globalThis as { document?: { cookie?: string } }).document?.cookie ?? "";
}
