// SPDX-License-Identifier: Apache-2.0
// Asks the site for today's plan before a kept session begins, as far as the network has patience.

import { askPackage, keep, keepUrl, Refusal } from "./kept-download";
import { isStopped, noteStopped } from "./kept-felt";
import { quietly } from "./kept-run";
import type { KeptSession, KeptStore, Package } from "./kept-store";

/** How long a person waits for the site before a session begins as it was kept [ms]. */
export const ASK_MS = 3000;
/** How long for the files of a new plan [ms]. */
const FILES_MS = 8000;
/**
 * The site does not let the session begin: a sign to look at first, nothing left of it, or a
 * membership that is over.
 */
const FINAL = new Set(["stopped", "nothing-left", "members-only"]);

export type Renewal =
  | {
      kind: "begin";
      kept: KeptSession;
      /** The same plan with the files of the site as it is now, to be kept when there is time. */
      again: Package | null;
    }
  | { kind: "stopped" }
  /** The site says no, in its own words. */
  | { kind: "left" | "members-only"; message: string }
  /** It was given until a day that has passed, and the site could not be asked again. */
  | { kind: "over" };

/** Whether the session was given for a time that is over. */
export function isOver({ package: { until } }: KeptSession, now: Date): boolean {
  return Boolean(until) && Date.parse(until ?? "") <= +now;
}

/** The session as it is to be played at `now`. */
export async function renewed(store: KeptStore, kept: KeptSession, now: Date): Promise<Renewal> {
  let held = kept;
  try {
    const { session_url: page } = kept.package.payload;
    const given = await askPackage(keepUrl(kept.session), page, AbortSignal.timeout(ASK_MS));
    noteStopped(false);
    held = await prolonged(store, kept, given);
    if (hashOf(given) === hashOf(kept.package)) return { kind: "begin", kept: held, again: given };
    const signal = AbortSignal.timeout(FILES_MS);
    return { kind: "begin", kept: await keep(store, given, () => undefined, signal), again: null };
  } catch (error) {
    if (error instanceof Refusal && FINAL.has(error.code)) return refused(error);
    console.warn("The site could not plan the session anew.", error);
    if (isOver(held, now)) return { kind: "over" };
    return isStopped() ? { kind: "stopped" } : { kind: "begin", kept: held, again: null };
  }
}

/** What is kept, for as long as the site says now: that holds even where its files do not come. */
async function prolonged(
  store: KeptStore,
  kept: KeptSession,
  { until = null }: Package,
): Promise<KeptSession> {
  if (until === (kept.package.until ?? null)) return kept;
  const longer = { ...kept, package: { ...kept.package, until } };
  await quietly(store.keep(longer));
  return longer;
}

function refused({ code, message }: Refusal): Renewal {
  // Whether a sign stops all sessions was not asked where the membership is over.
  if (code === "members-only") return { kind: code, message };
  noteStopped(code === "stopped");
  return code === "stopped" ? { kind: "stopped" } : { kind: "left", message };
}

function hashOf({ payload }: Package): string {
  return payload.run.timeline_hash;
}
