// SPDX-License-Identifier: Apache-2.0
// What the tests of a run came to: per test and side the best try. Nothing here judges.

import { choiceAt, isTest, isTestSlot, sideOf } from "./plan";
import { scoreOf, type SlotProgress, type Test } from "./snapshot";
import type { Bout } from "./wire";

export interface SideResult {
  readonly side: Bout["side"];
  /** Whole seconds or repetitions; null: not tested. */
  readonly score: number | null;
}

export interface TestResult {
  readonly slot: number;
  readonly name: string;
  readonly kind: Test["kind"];
  /** Left before right, or both together. */
  readonly sides: readonly SideResult[];
}

const ORDER: readonly Bout["side"][] = ["left", "right", "both"];

/** The tests of the run, in its order; those of which nothing was done too. */
export function resultsOf(progress: readonly SlotProgress[]): TestResult[] {
  return progress.flatMap((each, slot) => (isTestSlot(each.slot) ? [resultOf(each, slot)] : []));
}

function resultOf({ slot, rung, bouts }: SlotProgress, index: number): TestResult {
  const kind = rung.work.kind === "count" ? "count" : "hold";
  const found = new Map<Bout["side"], number | null>();
  for (const [at, bout] of slot.bouts.entries()) {
    const side = sideOf(bout, rung);
    const record = bouts[at];
    const counts = record?.complete && isTest(choiceAt(slot, record.rung ?? slot.start_rung));
    const best = found.get(side) ?? null;
    const score = counts ? scoreOf(kind, record) : null;
    found.set(side, score === null ? best : Math.max(score, best ?? 0));
  }
  const sides = ORDER.filter((side) => found.has(side));
  return {
    slot: index,
    name: rung.name,
    kind,
    sides: sides.map((side) => ({ side, score: found.get(side) ?? null })),
  };
}
