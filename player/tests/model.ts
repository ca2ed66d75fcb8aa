// SPDX-License-Identifier: Apache-2.0
// What the view is given, from a drive.

import type { Ask, Asking } from "../src/asking";
import { snapshot } from "../src/snapshot";
import * as go from "../src/transitions";
import type { Model } from "../src/view/model";
import { recallHearing } from "../src/voice-settings";
import type { Timeline } from "../src/wire";
import { Drive, jumpTo, payload } from "./drive";

/** What the templates draw from, as the drive stands. */
export function model(drive: Drive, asking?: Asking, ask: Ask | null = null): Model {
  const sound = { sound: true, hearing: recallHearing(), noVoice: false, mediaButtons: false };
  return {
    now: snapshot(drive.frame, drive.state, drive.now),
    look: { xray: false, ...sound, moves: true, waiting: false, unknown: false, ask },
    payload: { ...payload(), timeline: drive.frame.timeline },
    verbs: { asking } as unknown as Model["verbs"],
    begun: drive.events.length > 0,
  };
}

/** Two repetitions into an exercise. */
export const working = (slot: number, plan?: Timeline): Drive =>
  new Drive([], plan).do(go.start).do(jumpTo(slot)).until("work").wait(12);
