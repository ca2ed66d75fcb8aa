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
    now.test,
    now.canEase,
    now.canHarden,
    now.here.rung.exercise,
    now.subject?.rung.exercise,
    now.hurts.length,
    now.flags,
    now.rating,
    now.progress.map((each) => [
      each.rung.exercise,
      each.comes.exercise,
      Math.round(each.done * 200),
      each.skipped,
      each.isAtRest,
      each.rests,
    ]),
    Math.round(now.sessionLeft / 60),
    look,
  ]);
}
