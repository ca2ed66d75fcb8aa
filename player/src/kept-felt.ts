// SPDX-License-Identifier: Apache-2.0
// What this browser remembers from one run to the next, for sessions that begin without the site:
// the movements that hurt, and whether the knee check stopped all sessions. Erasing clears it.

import { recall, remember } from "./device";
import { choiceAt } from "./plan";
import { stops } from "./resting";
import type { RunEvent, Timeline } from "./wire";

const FELT = "felt";
const STOPPED = "stopped";
const STOPS = "yes";

/** A movement that hurt, and when [ms]. */
interface Ache {
  exercise: string;
  at: number;
}

/** Notes movements that hurt too much to be done again so soon, and a sign that stops them all. */
export function noteFelt(timeline: Timeline, events: readonly RunEvent[], now: Date): void {
  if (events.some(({ type }) => type === "flagged")) noteStopped(true);
  const hurts = events.flatMap((event): Ache[] => {
    if (event.type !== "hurt" || !stops(timeline, event)) return [];
    const slot = timeline.slots.find(({ id }) => id === event.slot);
    const at = Date.parse(event.at);
    return slot ? [{ exercise: choiceAt(slot, event.rung).exercise, at }] : [];
  });
  if (hurts.length === 0) return;
  remember(FELT, JSON.stringify([...aches(now), ...hurts]));
}

/** Slugs of the movements that hurt today or yesterday, each once. */
export function aching(now: Date): string[] {
  return [...new Set(aches(now).map(({ exercise }) => exercise))];
}

function aches(now: Date): Ache[] {
  try {
    const found = JSON.parse(recall(FELT) ?? "[]") as Ache[];
    // A clock that was put back since then forgets nothing.
    return found.filter(({ at }) => daysBetween(new Date(at), now) <= 1);
  } catch {
    return [];
  }
}

function daysBetween(before: Date, after: Date): number {
  const day = (date: Date): number =>
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  return day(after) - day(before);
}

/** Notes what the site said last: a sign that somebody should look at stops all sessions, or not. */
export function noteStopped(stopped: boolean): void {
  if (stopped !== isStopped()) remember(STOPPED, stopped ? STOPS : "");
}

export function isStopped(): boolean {
  return recall(STOPPED) === STOPS;
}
