// SPDX-License-Identifier: Apache-2.0
// What the one big button does while a test is at hand, and with it the space bar.

import type { Act } from "./conductor";
import type { Snapshot } from "./snapshot";
import { confirm, count, stop } from "./transitions";

/** `stop` ends a hold, `count` tells one repetition, `confirm` takes the result and goes on. */
export type TestVerb = "stop" | "count" | "confirm";

/** Null: the button pauses and goes on, as everywhere. */
export function testVerb({ kind, paused, test }: Snapshot): TestVerb | null {
  if (!test || paused) return null;
  if (kind === "result") return "confirm";
  if (kind !== "work") return null;
  return test.kind === "count" ? "count" : "stop";
}

export function counting(by: 1 | -1): Act {
  return (...now) => count(...now, by);
}

const ACTS: Record<TestVerb, Act> = { stop, count: counting(1), confirm };

/** What the button does; null: nothing of a test. */
export function testAct(now: Snapshot): Act | null {
  const verb = testVerb(now);
  return verb && ACTS[verb];
}
