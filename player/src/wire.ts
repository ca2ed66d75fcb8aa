// SPDX-License-Identifier: Apache-2.0
// What travels between the site and the player.

import type { Rung, RunShape, Timeline as Planned, Wire } from "./wire.generated";

export type {
  Bout,
  BoutState,
  ChangeNote,
  HurtState,
  Outlook,
  Phase,
  Rating,
  Rung,
  RunShape,
  RunState,
  Slot,
  SlotShape,
  SlotState,
} from "./wire.generated";

export type RunEvent = Wire["event"];

/** What was planned, and what of it rests from the start where no site could plan around it. */
export interface Timeline extends Planned {
  /** Slugs of movements that hurt in this browser today or yesterday. */
  readonly resting?: readonly string[];
}

/** An event before it is numbered and dated; `T` narrows the kind. */
export type EventBody<E extends RunEvent = RunEvent> = E extends RunEvent
  ? Omit<E, "format" | "id" | "device" | "seq" | "at">
  : never;

/** Why a movement is skipped or swapped. */
export type Reason = Extract<RunEvent, { type: "swapped" }>["reason"];
/** Which knee hurt, or no knee at all. */
export type Where = Extract<RunEvent, { type: "hurt" }>["where"];

/** Something that no exercise should go on with, and what to do about it, in the page's language. */
export interface RedFlag {
  slug: string;
  question: string;
  may_mean: string;
  how_soon: string;
  urgency: "emergency" | "today" | "soon" | "first";
  go_to: string;
  /** Words for whoever answers the telephone. */
  say: string;
}

/** What the player page carries in `<script type="application/json" id="payload">`. */
export interface Payload {
  format: 1;
  run: { id: string; timeline_hash: string };
  timeline: Timeline;
  /** The events the site holds of this run, any order. */
  events: unknown[];
  events_url: string;
  csrf_token: string;
  session_url: string;
  library_url: string;
  /** Where the knees can be asked about again. */
  check_url: string;
  /** The table of knee rules; the anchor of a row is `rule-` and the rule's id. */
  rules_url: string;
  /** Pages that follow a session; empty where the site has none. */
  today_url: string;
  progress_url: string;
  /** How one becomes a member: after a preview. */
  join_url: string;
  red_flags: RedFlag[];
  /** Language of the page, which may differ from that of the timeline. */
  language: string;
}

/** What is posted to `events_url`: at most 100 events. */
export interface Batch {
  format: 1;
  /** The highest `seq` this device has seen: the answer brings what others made after it. */
  after: number;
  events: RunEvent[];
}

/** The answer: every event of the batch is in exactly one of the first three lists. */
export interface BatchAnswer {
  accepted: string[];
  duplicate: string[];
  rejected: { id: string; index: number; field: string; message: string }[];
  /** Events of other devices with `seq` above `after`. */
  events_after: unknown[];
  /** The newest knee check names a sign that somebody should look at first. */
  stopped?: boolean;
}

/** As much of a timeline as events may point at. */
export function shapeOf(timeline: Timeline): RunShape {
  return {
    slots: timeline.slots.map((slot) => ({
      id: slot.id,
      bouts: slot.bouts.length,
      rungs: slot.rungs.length + slot.others.length,
      start_rung: slot.start_rung,
    })),
  };
}

/** What was kept by an earlier player, with all that this one reads. */
export function upToDate(payload: Payload): Payload {
  const { timeline } = payload;
  const rung = (each: Rung): Rung => ({ ...each, work: { ...UNMEASURED, ...each.work } });
  const slots = timeline.slots.map((slot) => ({
    ...slot,
    rungs: slot.rungs.map(rung),
    others: slot.others.map(rung),
  }));
  return { ...NO_PAGES, ...payload, timeline: { ...WHOLE, ...timeline, slots } };
}

const UNMEASURED = { measured: false };
const WHOLE = { preview_of: 0 };
const NO_PAGES = { today_url: "", progress_url: "", join_url: "" };

/** The payload of this page. Throws where the page has none. */
export function readPayload(page: Document): Payload {
  const text = page.getElementById("payload")?.textContent;
  if (!text) throw new Error("The page has no element #payload with the run in it");
  const payload = JSON.parse(text) as Payload;
  if ((payload.format as number) !== 1) {
    throw new Error(`Payload format ${payload.format} is not known; this player reads format 1`);
  }
  return payload;
}
