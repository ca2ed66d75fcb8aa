// SPDX-License-Identifier: Apache-2.0
// When the view has to be drawn anew: most looks at the time change nothing that is drawn.

import type { Snapshot } from "../snapshot";
import type { Look } from "./model";

/** Two moments with the same key look the same, but for what moves frame by frame. */
export function keyOf(now: Snapshot, look: Look): string {
  return JSON.stringify([
    now.kind,
    now.paused,
    now.notice,
    now.pace,
    now.here.place,
    now.next?.place,
    now.secondsLeft,
    now.motion.reps,
    now.motion.stretch,
    now.canEase,
    now.canHarden,
    now.canSkip,
    now.progress.map(({ rung, done, skipped }) => [rung.exercise, Math.round(done * 200), skipped]),
    Math.round(now.sessionLeft / 60),
    look,
  ]);
}
