// SPDX-License-Identifier: Apache-2.0
// Patterns to be felt in a pocket or on the mat, told apart by their length and number.

import type { Moment } from "./moments";

/** Vibration and stillness in turn [ms]. */
export const PATTERNS: Partial<Record<Moment, readonly number[]>> = {
  go: [250],
  switch: [120, 120, 120, 120, 120],
  rest: [120, 150, 400],
  end: [400, 200, 400, 200, 800],
};

export function canVibrate(): boolean {
  return typeof (navigator as { vibrate?: unknown }).vibrate === "function";
}

/** Whether there is something to feel it by: desktop browsers take the call and do nothing. */
export function isFelt(): boolean {
  return canVibrate() && navigator.maxTouchPoints > 0;
}

/** Lets the last of the moments be felt. */
export function vibrate(happened: readonly Moment[]): void {
  const pattern = happened.map((moment) => PATTERNS[moment]).findLast((each) => each);
  if (pattern && canVibrate()) navigator.vibrate([...pattern]);
}
