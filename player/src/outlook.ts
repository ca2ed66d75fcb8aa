// SPDX-License-Identifier: Apache-2.0
// What the next session takes from how this one felt, as the plan has it written down.

import type { HurtState, Outlook, Rating } from "./wire";

/** The first row that fits; null: none does, or nothing was told that a row asks for. */
export function nextTime(rows: readonly Outlook[], rating: Rating): Outlook | null {
  const told = [rating.pain_left, rating.pain_right].filter((pain) => pain !== null);
  const pain = told.length > 0 ? Math.max(...told) : null;
  const fits = (row: Outlook): boolean =>
    within(pain, row.pain_from, row.pain_to) &&
    within(rating.effort, row.effort_from, row.effort_to);
  return rows.find(fits) ?? null;
}

/** What was not told fits only where any number would. */
function within(value: number | null, from: number, to: number): boolean {
  return value === null ? from === 0 && to === 10 : value >= from && value <= to;
}

/** The worst pain told of a knee while the run was played; null: none was. */
export function worstPain(hurts: readonly HurtState[], knee: "left" | "right"): number | null {
  const told = hurts.filter(({ where }) => where === knee).map(({ pain }) => pain ?? 0);
  return told.length > 0 ? Math.max(...told) : null;
}
