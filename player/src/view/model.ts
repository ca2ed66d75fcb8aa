// SPDX-License-Identifier: Apache-2.0
// What the templates draw from, and what their buttons ask for.

import type { Ask, Asking } from "../asking";
import type { Snapshot } from "../snapshot";
import type { Hearing } from "../voice-settings";
import type { Payload, Rating } from "../wire";

export type Dialog = "outline" | "help" | "how" | "settings" | "swap";

export interface Look {
  xray: boolean;
  /** Anything is let be heard. */
  sound: boolean;
  hearing: Hearing;
  /** The browser has no voice for this session. */
  noVoice: boolean;
  /** The buttons of the lock screen are answered. */
  mediaButtons: boolean;
  /** The figure moves; else pictures stand in for it. */
  moves: boolean;
  /** Events wait because the site cannot be reached. */
  waiting: boolean;
  /** Events wait because the site does not know this browser any more. */
  stranger?: boolean;
  /** The site takes no events of this run any more. */
  unknown: boolean;
  /** This browser stores nothing: what is not sent goes with the page. */
  unstored?: boolean;
  /** A sign in the newest knee check stops all sessions. */
  stopped?: boolean;
  /** Where the conversation about a movement that does not suit stands. */
  ask: Ask | null;
}

/** What a person can do; each answers at once and from any state. */
export interface Verbs {
  readonly asking: Asking;
  start(): void;
  toggle(): void;
  takeOver(): void;
  back(): void;
  next(): void;
  jump(slot: number): void;
  again(): void;
  skip(): void;
  /** Something hurts in what is done now. */
  hurts(): void;
  /** One repetition more or less, where they are counted. */
  count(by: 1 | -1): void;
  rest(): void;
  easier(): void;
  harder(): void;
  slower(): void;
  finish(): void;
  rate(rating: Rating): void;
  sound(): void;
  hear(change: Partial<Hearing>): void;
  sample(): void;
  xray(): void;
  turn(degrees: number): void;
  zoom(factor: number): void;
  front(): void;
  open(dialog: Dialog): void;
  close(): void;
}

export interface Model {
  readonly now: Snapshot;
  readonly look: Look;
  readonly payload: Payload;
  readonly verbs: Verbs;
  /** Whether the run has events: it is carried on, not begun. */
  readonly begun: boolean;
}
