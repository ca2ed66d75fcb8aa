// SPDX-License-Identifier: Apache-2.0
// All that the player knows while it plays; no DOM, no clock of its own.

import type { Clock } from "./clock";
import type { Place } from "./plan";
import type { RunEvent, RunState, Timeline } from "./wire";

export type Phase =
  /** The page is open and nothing plays yet: the run is new, or is being carried on. */
  | { readonly kind: "intro" }
  /**
   * Counting down to the work of the bout at `at`; `switch` turns to the other side first.
   * `fresh`: the work begins at its start even where some of it is done.
   */
  | { readonly kind: "get-ready" | "switch"; readonly seconds: number; readonly fresh: boolean }
  /**
   * The clock counts the work from its start, also where it was carried on. `counted`: repetitions
   * told so far, where the person counts them.
   */
  | { readonly kind: "work"; readonly counted: number }
  /**
   * A test is done, and stands there until the person goes on. What was counted may be put right
   * until then; `seconds`: held, or in which it was counted.
   */
  | { readonly kind: "result"; readonly reps: number; readonly seconds: number }
  /** After the bout at `at`, or in the midst of it where `midway`. */
  | { readonly kind: "rest"; readonly seconds: number; readonly midway: boolean }
  | { readonly kind: "end" };

/** Why the player paused by itself. */
export type Notice =
  /** The page was out of sight for longer than could be counted honestly. */
  | "away"
  /** Another tab of this browser plays the run. */
  | "other-tab"
  /** Another device played the run meanwhile. */
  | "other-device";

export interface State {
  /** The fold of all events of the run known here. */
  readonly run: RunState;
  readonly at: Place;
  readonly phase: Phase;
  /** Time in the phase; stands while paused. */
  readonly clock: Clock;
  readonly paused: boolean;
  readonly notice: Notice | null;
  /** Pace of repetitions: 1 as planned, 0.5 slower. */
  readonly pace: number;
  /** When the player last looked at the time [ms]: what lies after it was not seen by anyone. */
  readonly seenAt: number;
  /** This device has a `started` event in the run. */
  readonly opened: boolean;
}

/** What stays the same while a page is open. */
export interface Frame {
  readonly timeline: Timeline;
  readonly device: string;
  readonly newId: () => string;
}

/** A new state, and the events that led to it, oldest first. */
export interface Step {
  readonly state: State;
  readonly events: readonly RunEvent[];
}
