// SPDX-License-Identifier: Apache-2.0
// What is said when: enough to train without looking. Pure; who speaks it is speech.ts.

import { gettext, interpolate, woven } from "./i18n";
import { rankOf, type Line, type Part } from "./voice-line";
import type { Beat } from "./voice-beats";
import { cycleSeconds, heldPhase, isTest } from "./plan";
import type { Scene, Snapshot } from "./snapshot";
import type { Length } from "./voice-settings";
import {
  afterPutInRest,
  amount,
  resultNext,
  resultSaid,
  secondsSaid,
  setOf,
  sideAndSet,
  sideName,
} from "./words";
import type { Rung } from "./wire";

/** Repetitions of the first set in which each phase is named. */
const PHASED_REPS = 5;
/** Shortest phase that there is time to name [s]. */
const NAMED_S = 0.8;
/** Shortest repetition that is counted each time; of shorter ones every fifth [s]. */
const COUNTED_S = 1.8;
/** Shortest rest in which there is time for more than what comes next [s]. */
const LONG_REST_S = 15;

export interface Telling {
  readonly now: Snapshot;
  readonly length: Length;
  /** Keys of the lines that were said to their end. */
  readonly told: ReadonlySet<string>;
}

type CueName = keyof Rung["cues"];

/** The lines for a beat, in the order to say them; none where there is nothing to say. */
export function lines(beat: Beat, telling: Telling): Line[] {
  return TELL[beat](telling);
}

const TELL: Record<Beat, (telling: Telling) => Line[]> = {
  "get-ready": (telling) => {
    const { here } = telling.now;
    return [turn(gettext("Get ready."), ...scene(here)), ...setUp(telling, here.rung)];
  },
  switch: ({ now }) => [switched(now.here)],
  rest,
  go: (telling) => [page("go", 3000, gettext("Go.")), ...go(telling)],
  halfway: (telling) => [page("go", 2500, halfway(telling.now)), ...half(telling)],
  end: () => [turn(gettext("The session has ended."))],
  paused: () => [turn(gettext("Paused."))],
  resumed: () => [turn(gettext("On we go."))],
  result: ({ now }) => (now.test ? [turn(resultSaid(now.test), resultNext(now.test))] : []),
  count,
  "last-rep": () => [page("go", 2000, gettext("Last one."))],
  phase: (telling) => (isPhased(telling) ? [cueLine([phase(telling.now)])] : []),
  hold: (telling) => [page("go", 3000, hold(telling.now.here)), ...cues(telling, ["breathe"])],
  ten: ({ now }) => [page("cue", 2000, secondsSaid(now.secondsLeft))],
  held: ({ now }) => [page("cue", 2000, secondsSaid(now.test?.score ?? 0))],
  second: ({ now }) => [page("cue", 700, String(now.secondsLeft))],
  release: ({ now }) => [line("go", 2500, [phase(now)])],
};

function hold({ rung }: Scene): string {
  if (isTest(rung)) return gettext("Hold as long as it goes well.");
  const time = secondsSaid(rung.work.hold_s ?? rung.work.seconds);
  return interpolate(gettext("Hold: %(time)s."), { time });
}

/** Name, side, set and amount. */
function scene(here: Scene): Part[] {
  return [content(here.rung.name), said(sideAndSet(here)), said(amount(here.rung))]
    .filter(({ text }) => text)
    .map((part) => ({ ...part, text: ended(part.text) }));
}

function switched(here: Scene): Line {
  const side = interpolate(gettext("Switch sides. Now: %(side)s."), { side: sideName(here.side) });
  const set = here.sets > 1 ? ended(setOf(here)) : "";
  return turn(side, set, ended(amount(here.rung)));
}

function rest(telling: Telling): Line[] {
  const { now } = telling;
  const begun = interpolate(gettext("Rest: %(time)s."), { time: secondsSaid(now.secondsLeft) });
  const then = afterPutInRest(now);
  if (!now.next || then) return [turn(begun, then ?? "")];
  const next = scene(now.next);
  const parts = woven(gettext("Next: %(exercise)s"), { exercise: next }).flatMap((each) =>
    typeof each === "string" ? said(each) : each,
  );
  return [turn(begun, ...parts), ...setUp(telling, now.next.rung), ...safety(telling)];
}

/** How to lie or stand, the first time; for a hold also how to move, since it is soon held. */
function setUp(telling: Telling, rung: Rung): Line[] {
  const names: CueName[] = rung.work.kind === "hold" ? ["set_up", "move"] : ["set_up"];
  return cues(telling, names, rung).map((each) => ({ ...each, rank: rankOf("guide") }));
}

/** Once, in the first rest that has room for it: the rule that keeps a knee safe. */
function safety({ now, length, told }: Telling): Line[] {
  if (length !== "full" || now.secondsLeft < LONG_REST_S || told.has("safety")) return [];
  const rule = gettext(
    "Effort is fine. Pain of 5 or more out of 10 means: stop that movement and skip it.",
  );
  return [{ ...page("guide", 8000, rule), key: "safety" }];
}

/** The two cues of the movement that come next in its telling. */
function go(telling: Telling): Line[] {
  const { work } = telling.now.here.rung;
  const names: CueName[] = work.kind === "hold" ? [] : ["move", "breathe", "feel", "avoid"];
  return cues(telling, names).slice(0, 2);
}

function half(telling: Telling): Line[] {
  const { slot } = telling.now.here;
  return cues(telling, ["feel", "avoid"]).slice(0, slot.bouts.length > 1 ? 1 : 2);
}

function halfway({ here, motion }: Snapshot): string {
  const half = gettext("Halfway.");
  return here.rung.work.kind === "reps" ? `${motion.reps + 1}. ${half}` : half;
}

function count(telling: Telling): Line[] {
  const { here, motion, pace, test } = telling.now;
  if (test) return [cueLine([said(String(test.score))])];
  const rep = motion.reps + 1;
  const isQuick = cycleSeconds(here.rung) / pace < COUNTED_S;
  if (isQuick && rep % 5 !== 0) return [];
  const number = said(`${rep}.`);
  return [cueLine(isPhased(telling) ? [number, phase(telling.now)] : [number])];
}

function isPhased({ now, length }: Telling): boolean {
  const { set, rung } = now.here;
  const { stretch, reps } = now.motion;
  if (length !== "full" || set > 1 || reps >= PHASED_REPS) return false;
  const { seconds = 0 } = rung.work.phases[stretch] ?? {};
  if (seconds / now.pace < NAMED_S) return false;
  // A hold is named as such, with its seconds.
  return rung.work.kind === "reps" || stretch < heldPhase(rung);
}

function phase({ here, motion }: Snapshot): Part {
  const { cue = "", name = "" } = here.rung.work.phases[motion.stretch] ?? {};
  return content(ended(cue === "" ? name : cue));
}

/** Those of the named cues that were not told yet; they are for the full length only. */
function cues(
  { now, length, told }: Telling,
  names: readonly CueName[],
  rung: Rung = now.here.rung,
): Line[] {
  if (length !== "full") return [];
  return names
    .map((name): Line => {
      const url = rung.audio[name];
      const told = { ...line("move", 12_000, [content(rung.cues[name])]), key: keyOf(rung, name) };
      return url ? { ...told, url } : told;
    })
    .filter(({ key, parts }) => parts[0]?.text && !told.has(key ?? ""));
}

function keyOf({ exercise }: Rung, name: CueName): string {
  return `${exercise} ${name}`;
}

function turn(...parts: (Part | string)[]): Line {
  const all = parts.map((each) => (typeof each === "string" ? said(each) : each));
  return line("turn", 20_000, all);
}

function page(rank: "guide" | "go" | "cue", lasts: number, text: string): Line {
  return line(rank, lasts, [said(text)]);
}

/** Words that are worth something only at their moment. */
function cueLine(parts: Part[]): Line {
  return line("cue", 700, parts);
}

function line(rank: Parameters<typeof rankOf>[0], lasts: number, parts: Part[]): Line {
  const trimmed = parts.map((part) => ({ ...part, text: part.text.trim() }));
  return { parts: trimmed.filter(({ text }) => text), rank: rankOf(rank), lasts };
}

function said(text: string): Part {
  return { text, from: "page" };
}

function content(text: string): Part {
  return { text, from: "content" };
}

/** A voice makes a pause only where there is a mark. */
function ended(text: string): string {
  return !text || /[.!?:…。]$/.test(text) ? text : `${text}.`;
}
