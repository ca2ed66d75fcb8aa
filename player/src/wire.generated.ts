// SPDX-License-Identifier: Apache-2.0
// Written by `npm run wire` from the models of the site; not by hand.

export interface Wire {
  timeline: Timeline;
  event: Started | Moved | Done | RungChanged | Skipped | RestAdded | Paused | Resumed | Finished;
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
  bouts: Bout[];
  substitutes: {
    [k: string]: string;
  };
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
 * What one bout asks for: repetitions of the phases, or one hold.
 */
export interface Work {
  kind: "reps" | "hold";
  reps: number;
  hold_s: number | null;
  phases: Phase[];
  seconds: number;
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
