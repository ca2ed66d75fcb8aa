// SPDX-License-Identifier: Apache-2.0
// Written by `npm run wire` from the models of the site; not by hand.

export interface Wire {
  timeline: Timeline;
  event:
    | Started
    | Moved
    | Done
    | RungChanged
    | Skipped
    | Swapped
    | Hurt
    | Flagged
    | Rated
    | RestAdded
    | Paused
    | Resumed
    | Finished;
  run_shape: RunShape;
  run_state: RunState;
}
export interface Timeline {
  format: 1;
  session: string;
  title: string;
  language: string;
  seconds: number;
  slots: Slot[];
  preview_of: number;
  instead_of: string;
  changes: ChangeNote[];
  hurts: HurtRules;
  harder: {
    [k: string]: string[];
  };
  outlook: Outlook[];
}
/**
 * A place in the session that a rung of an exercise fills.
 */
export interface Slot {
  id: string;
  block: string;
  why: string;
  sets: number;
  start_rung: number;
  rungs: Rung[];
  others: Rung[];
  bouts: Bout[];
  substitutes: {
    [k: string]: string;
  };
  because: string[];
}
/**
 * One exercise document as it fills this slot.
 */
export interface Rung {
  exercise: string;
  name: string;
  position:
    | "supine"
    | "side-lying"
    | "prone"
    | "quadruped"
    | "kneeling"
    | "half-kneeling"
    | "seated"
    | "standing"
    | "plank";
  kit: (
    | "mat"
    | "cushion"
    | "chair"
    | "wall"
    | "step"
    | "ball"
    | "mini-band"
    | "long-band"
    | "ankle-weight"
    | "dumbbell"
    | "slider"
    | "towel"
  )[];
  muscles: MuscleWork[];
  cues: Cues;
  cautions: string[];
  work: Work;
  shown_side: ("left" | "right") | null;
  clip_url: string;
  still_url: string;
  animation_url: string;
  audio: {
    [k: string]: string;
  };
}
export interface MuscleWork {
  muscle:
    | "piriformis"
    | "deep-rotators"
    | "gluteus-medius"
    | "gluteus-minimus"
    | "gluteus-maximus"
    | "tensor-fasciae-latae"
    | "iliopsoas"
    | "adductors"
    | "rectus-femoris"
    | "vasti"
    | "hamstrings"
    | "calf"
    | "abdominals"
    | "obliques"
    | "back-extensors"
    | "shoulders";
  role: "main" | "helps";
  side: "working" | "other" | "both";
}
export interface Cues {
  set_up: string;
  move: string;
  feel: string;
  avoid: string;
  breathe: string;
}
/**
 * What one bout asks for: repetitions of the phases, one hold, or as many repetitions as go
 * in some time.
 */
export interface Work {
  kind: "reps" | "hold" | "count";
  reps: number;
  hold_s: number | null;
  phases: Phase[];
  seconds: number;
  measured: boolean;
}
/**
 * One stretch of a repetition (or of a hold), in the order of the motion.
 */
export interface Phase {
  name: string;
  seconds: number;
  cue: string;
}
/**
 * One set on one side. Times in seconds.
 */
export interface Bout {
  set: number;
  side: "left" | "right" | "both";
  get_ready_s: number;
  rest_after_s: number;
  switch_after: boolean;
  easier_by: number;
}
/**
 * One difference from the written session: what, by which rule, and why in a sentence.
 */
export interface ChangeNote {
  slot: string;
  before: string;
  after: string;
  rule: string;
  because: string;
}
/**
 * What the player does when a knee hurts in a movement [pain 0 to 10].
 */
export interface HurtRules {
  step_down_from: number;
  stop_from: number;
}
/**
 * What the next session takes from how this one felt. The first row that fits counts.
 */
export interface Outlook {
  rule: string;
  pain_from: number;
  pain_to: number;
  effort_from: number;
  effort_to: number;
  text: string;
}
/**
 * The run was opened on this device for the first time.
 */
export interface Started {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "started";
}
/**
 * The run stands at this bout now, by whatever way it came there.
 */
export interface Moved {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "moved";
  slot: string;
  bout: number;
  via: "auto" | "next" | "back" | "jump";
}
/**
 * Work done in a bout; of several reports for one bout the largest counts.
 */
export interface Done {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "done";
  slot: string;
  bout: number;
  rung: number;
  reps: number;
  seconds: number;
  complete: boolean;
}
export interface RungChanged {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "rung-changed";
  slot: string;
  rung: number;
}
/**
 * The rest of a slot was skipped; `reason` is empty where none was asked.
 */
export interface Skipped {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "skipped";
  slot: string;
  reason: "" | "hurts" | "too-hard" | "too-easy" | "no-space" | "no-kit" | "not-today";
}
/**
 * Another rung or movement took the slot, for a reason.
 */
export interface Swapped {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "swapped";
  slot: string;
  rung: number;
  reason: "hurts" | "too-hard" | "too-easy" | "no-space" | "no-kit" | "not-today";
}
/**
 * A movement hurt. What follows from it is logged beside it, as rungs, swaps and skips.
 */
export interface Hurt {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "hurt";
  slot: string;
  rung: number;
  where: "left" | "right" | "elsewhere";
  pain: number | null;
}
/**
 * A sign was named that a professional should look at; no session begins until it is asked
 * again.
 */
export interface Flagged {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "flagged";
  flag: string;
}
/**
 * How the session felt, told at its end; the last telling counts.
 */
export interface Rated {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "rated";
  pain_left: number | null;
  pain_right: number | null;
  effort: number | null;
  note: string;
}
export interface RestAdded {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "rest-added";
  slot: string;
  bout: number;
  seconds: number;
}
export interface Paused {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "paused";
}
export interface Resumed {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "resumed";
}
/**
 * The end was reached or chosen; a later Moved opens the run again.
 */
export interface Finished {
  format: 1;
  id: string;
  device: string;
  seq: number;
  at: string;
  type: "finished";
}
/**
 * The slots of a timeline, in order.
 */
export interface RunShape {
  slots: SlotShape[];
}
/**
 * As much of a slot as its events may point at.
 */
export interface SlotShape {
  id: string;
  bouts: number;
  rungs: number;
  start_rung: number;
}
export interface RunState {
  status: "ready" | "running" | "paused" | "finished";
  position: RunPosition;
  slots: SlotState[];
  hurts: HurtState[];
  flags: string[];
  rating: Rating | null;
  last_seq: number;
}
/**
 * Where the run stands.
 */
export interface RunPosition {
  slot: string;
  bout: number;
  worked: boolean;
}
export interface SlotState {
  id: string;
  rung: number;
  skipped: boolean;
  bouts: BoutState[];
}
/**
 * The largest report of the work in one bout, and the rest asked for beyond the plan.
 */
export interface BoutState {
  reps: number;
  seconds: number;
  complete: boolean;
  rung: number | null;
  rest_added_s: number;
}
/**
 * One report of pain, in the order it was made.
 */
export interface HurtState {
  slot: string;
  rung: number;
  where: "left" | "right" | "elsewhere";
  pain: number | null;
}
export interface Rating {
  pain_left: number | null;
  pain_right: number | null;
  effort: number | null;
  note: string;
}
