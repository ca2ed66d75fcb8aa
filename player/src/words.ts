// SPDX-License-Identifier: Apache-2.0
// How sides, sets, times and amounts are said.

import { gettext, interpolate, ngettext } from "./i18n";
import { choices, isTest, sideOf } from "./plan";
import type { Scene, Snapshot, Test } from "./snapshot";
import type { Bout, Rung } from "./wire";

export function sideName(side: Bout["side"]): string {
  if (side === "left") return gettext("Left side");
  return side === "right" ? gettext("Right side") : "";
}

export function setOf({ set, sets }: Scene): string {
  return interpolate(gettext("Set %(set)s of %(sets)s"), { set, sets });
}

/** The side, and the set where there is more than one: "Left side, set 1 of 2". */
export function sideAndSet(scene: Scene): string {
  const parts = [sideName(scene.side), scene.sets > 1 ? setOf(scene) : ""];
  return parts.filter(Boolean).join(", ");
}

/** What one bout asks for: "10 repetitions", "20 seconds", "As long as it goes well". */
export function amount(rung: Rung): string {
  const { work } = rung;
  if (isTest(rung)) return testSaid(rung);
  return work.kind === "hold" ? secondsSaid(work.hold_s ?? work.seconds) : repsSaid(work.reps);
}

/** What a test asks for. */
function testSaid({ work }: Rung): string {
  if (work.kind === "hold") return gettext("As long as it goes well");
  const time = secondsSaid(work.seconds);
  return interpolate(gettext("As many as go well in %(time)s"), { time });
}

/** The result of a test: "23 seconds", "12 repetitions". */
export function scoreSaid(kind: Test["kind"], score: number): string {
  return kind === "count" ? repsSaid(score) : secondsSaid(score);
}

/** A result, and whether an earlier try went further: the best counts. */
export function resultSaid({ kind, score, best }: Test): string {
  const said = ended(scoreSaid(kind, score));
  if (best === null || best <= score) return said;
  const before = interpolate(gettext("Your best here: %(result)s."), {
    result: scoreSaid(kind, best),
  });
  return `${said} ${before}`;
}

/** What to do when a result stands there. */
export function resultNext({ kind }: Test): string {
  return kind === "count"
    ? gettext("Put the number right if you need to, then go on.")
    : gettext("Come out of it slowly, then go on.");
}

function ended(text: string): string {
  return `${text}.`;
}

/** What is planned for a whole slot: "2 × 10 repetitions each side". */
export function planSaid({ slot, rung }: Pick<Scene, "slot" | "rung">): string {
  const isSided = slot.bouts.some((bout) => sideOf(bout, rung) !== "both");
  const isPlanned = isSided || slot.bouts.every(({ side }) => side === "both");
  const sets = isPlanned ? slot.sets : slot.bouts.length;
  if (isTest(rung)) {
    const said = isSided ? gettext("Test of each side: %(amount)s") : gettext("Test: %(amount)s");
    return interpolate(said, { amount: amount(rung) });
  }
  const plan = isSided
    ? gettext("%(sets)s × %(amount)s each side")
    : gettext("%(sets)s × %(amount)s");
  return interpolate(plan, { sets, amount: amount(rung) });
}

/** What follows a rest that was put in before or in the midst of a bout; null for any other. */
export function afterPutInRest({ kind, here, next, progress }: Snapshot): string | null {
  if (kind !== "rest" || next?.place !== here.place) return null;
  const record = progress[here.place.slot]?.bouts[here.place.bout];
  const isCarriedOn =
    record?.rung === choices(here.slot).indexOf(here.rung) && record.reps > 0 && !record.complete;
  return isCarriedOn
    ? gettext("Then we go on where you stopped.")
    : gettext("Take your time. Then we begin.");
}

/** The movement that was planned, where another one stands in for it. */
export function replaced({ slot, rung }: Pick<Scene, "slot" | "rung">): Rung | null {
  return slot.rungs.includes(rung) ? null : (slot.rungs[slot.start_rung] ?? null);
}

export function repsSaid(count: number): string {
  return interpolate(ngettext("%(count)s repetition", "%(count)s repetitions", count), { count });
}

export function secondsSaid(seconds: number): string {
  const count = Math.round(seconds);
  return interpolate(ngettext("%(count)s second", "%(count)s seconds", count), { count });
}

export function setsSaid(count: number): string {
  return interpolate(ngettext("%(count)s set", "%(count)s sets", count), { count });
}

/** Whole minutes, at least one as long as anything is left. */
export function minutesSaid(seconds: number): string {
  const count = seconds > 0 ? Math.max(1, Math.round(seconds / 60)) : 0;
  return interpolate(ngettext("%(count)s minute", "%(count)s minutes", count), { count });
}

export function minutesLeft(seconds: number): string {
  const count = Math.max(1, Math.round(seconds / 60));
  return interpolate(ngettext("%(count)s min left", "%(count)s min left", count), { count });
}
