// SPDX-License-Identifier: Apache-2.0
// What the next session takes from how this one felt, as the plan has it written down.

import type { HurtState, Outlook, Rating } from "./wire";

/** The first row that fits; null: none does, or nothing was told that a row asks for. */
export function nextTime(rows: readonly Outlook[], rating: Rating): Outlook | null {
  const told = [rating.pain_left, rating.pain_right].filter((pain) => pain !== null);
  const pain = told.length > 0 ? Math.max(...told) : null;
  const fits = (row: Outlook): boolean => {
    const { pain_from: least, pain_to: most, effort_from: lightest, effort_to: hardest } = row;
    const anyEffort = lightest === 0 && hardest === 10;
    // Without a word about pain nothing is made of the effort alone.
    if (pain === null) return least === 0 && most === 10 && anyEffort;
    return within(pain, least, most) && (anyEffort || within(rating.effort, lightest, hardest));
  };
  return rows.find(fits) ?? null;
}

/** The knee a row is about, by the higher pain; null: the row is about neither. */
export function kneeOf(row: Outlook, rating: Rating): "left" | "right" | "both" | null {
  const { pain_left: left, pain_right: right } = rating;
  if (row.pain_from === 0 || (left === null && right === null)) return null;
  if (left === right) return "both";
  return (left ?? -1) > (right ?? -1) ? "left" : "right";
}

function within(value: number | null, from: number, to: number): boolean {
  return value !== null && value >= from && value <= to;
}

/** What the next session goes by: a mild rating takes no report of the same run back. */
export function felt(rating: Rating, hurts: readonly HurtState[]): Rating {
  const worst = (knee: "left" | "right", rated: number | null): number | null => {
    const hurt = worstPain(hurts, knee);
    return hurt === null || (rated !== null && rated > hurt) ? rated : hurt;
  };
  return {
    ...rating,
    pain_left: worst("left", rating.pain_left),
    pain_right: worst("right", rating.pain_right),
  };
}

/** The worst pain told of a knee while the run was played; null: none was. */
export function worstPain(hurts: readonly HurtState[], knee: "left" | "right"): number | null {
  const told = hurts.filter(({ where }) => where === knee).map(({ pain }) => pain ?? 0);
  return told.length > 0 ? Math.max(...told) : null;
}
