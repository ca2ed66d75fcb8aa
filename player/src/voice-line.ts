// SPDX-License-Identifier: Apache-2.0
// One thing to be said, and how much it matters beside others.

/** From what may be left out to what breaks off everything else. */
const RANKS = ["cue", "move", "go", "guide", "turn"] as const;

export type RankName = (typeof RANKS)[number];

export function rankOf(name: RankName): number {
  return RANKS.indexOf(name);
}

/** Only said where nothing else is: a count is of use at its moment or not at all. */
export const CUE = rankOf("cue");
/** Breaks off whatever is being said. */
export const TURN = rankOf("turn");

export interface Part {
  readonly text: string;
  /** Whose language it is in: that of the page, or that of the session's documents. */
  readonly from: "page" | "content";
}

export interface Line {
  readonly parts: readonly Part[];
  readonly rank: number;
  /** How long it may wait until it is of no use any more [ms]. */
  readonly lasts: number;
  /** A recording of it, which is played instead of the device's voice. */
  readonly url?: string;
  /** What is told once is told under this name. */
  readonly key?: string;
}

export function textOf({ parts }: Pick<Line, "parts">): string {
  return parts.map(({ text }) => text).join(" ");
}
