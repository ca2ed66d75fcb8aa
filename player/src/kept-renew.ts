// SPDX-License-Identifier: Apache-2.0
// Asks the site for today's plan before a kept session begins, as far as the network has patience.

import { askPackage, keep, keepUrl, Refusal } from "./kept-download";
import { isStopped, noteStopped } from "./kept-felt";
import type { KeptSession, KeptStore, Package } from "./kept-store";

/** How long a person waits for the site before a session begins as it was kept [ms]. */
export const ASK_MS = 3000;
/** How long for the files of a new plan [ms]. */
const FILES_MS = 8000;
/** The site does not let the session begin: a sign to look at first, or nothing left of it. */
const FINAL = new Set(["stopped", "nothing-left"]);

export type Renewal =
  | {
      kind: "begin";
      kept: KeptSession;
      /** The same plan with the files of the site as it is now, to be kept when there is time. */
      again: Package | null;
    }
  | { kind: "stopped" }
  /** Nothing of the session is left for today; why, in the site's words. */
  | { kind: "left"; message: string };

/** The session as it is to be played now. */
export async function renewed(store: KeptStore, kept: KeptSession): Promise<Renewal> {
  try {
    const { session_url: page } = kept.package.payload;
    const given = await askPackage(keepUrl(kept.session), page, AbortSignal.timeout(ASK_MS));
    noteStopped(false);
    if (hashOf(given) === hashOf(kept.package)) return { kind: "begin", kept, again: given };
    const signal = AbortSignal.timeout(FILES_MS);
    return { kind: "begin", kept: await keep(store, given, () => undefined, signal), again: null };
  } catch (error) {
    if (error instanceof Refusal && FINAL.has(error.code)) {
      noteStopped(error.code === "stopped");
      return error.code === "stopped"
        ? { kind: "stopped" }
        : { kind: "left", message: error.message };
    }
    console.warn("The session begins as it was kept.", error);
    return isStopped() ? { kind: "stopped" } : { kind: "begin", kept, again: null };
  }
}

function hashOf({ payload }: Package): string {
  return payload.run.timeline_hash;
}
