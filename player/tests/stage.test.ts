// SPDX-License-Identifier: Apache-2.0

import { describe, expect, test } from "vitest";
import { snapshot, type Scene } from "../src/snapshot";
import { clipTime, isMirrored, type TimedClip } from "../src/stage";
import * as go from "../src/transitions";
import { Drive } from "./drive";

const clip: TimedClip = {
  fps: 20,
  frames: 100,
  phases: [
    { name: "open", start: 0, end: 40, hold: false },
    { name: "hold", start: 40, end: 60, hold: true },
    { name: "close", start: 60, end: 100, hold: false },
  ],
};

describe("clip time", () => {
  test("follows the stretches of the run, whatever their tempo", () => {
    const at = (stretch: number, fraction: number): number =>
      clipTime(clip, { stretch, fraction, reps: 3 }, 3, false);
    expect(at(0, 0)).toBe(0);
    expect(at(0, 0.5)).toBe(1);
    expect(at(1, 0.5)).toBe(2.5);
    expect(at(2, 0.25)).toBe(3.5);
  });

  test("stepped, it stands at the pose a stretch leads to, and ends where it began", () => {
    const at = (stretch: number): number =>
      clipTime(clip, { stretch, fraction: 0.3, reps: 0 }, 3, true);
    expect([at(0), at(1), at(2)]).toEqual([2, 3, 0]);
  });

  test("spreads evenly over a clip with other stretches", () => {
    expect(clipTime(clip, { stretch: 1, fraction: 0, reps: 0 }, 2, false)).toBe(2.5);
  });
});

test("a clip is mirrored for the other side only", () => {
  const drive = new Drive().do(go.start);
  const scene: Scene = snapshot(drive.frame, drive.state, drive.now).here;
  expect(scene.rung.shown_side).toBe("right");
  expect(isMirrored({ ...scene, bout: { ...scene.bout, side: "left" } })).toBe(true);
  expect(isMirrored({ ...scene, bout: { ...scene.bout, side: "right" } })).toBe(false);
  expect(isMirrored({ ...scene, bout: { ...scene.bout, side: "both" } })).toBe(false);
  expect(isMirrored({ ...scene, rung: { ...scene.rung, shown_side: null } })).toBe(false);
});
