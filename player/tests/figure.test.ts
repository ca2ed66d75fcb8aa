// SPDX-License-Identifier: Apache-2.0
// The figure poses exactly as Python's does: the fixture was written by tests/figure/wire.py.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Asset, parseAsset } from "../src/figure/asset";
import { type Clip, emptyPose, mirrorClip, otherSide, parseClip, sample } from "../src/figure/clip";
import { FigureUnavailable } from "../src/figure/errors";
import { type MuscleWork, innerHeat, sidesOf, skinHeat } from "../src/figure/heat";
import { boxOf } from "../src/figure/extent";
import { FIELD_DEG, Orbit, axes, fit, middleOf } from "../src/figure/orbit";
import { Skeleton } from "../src/figure/skeleton";

const ROOT = join(import.meta.dirname, "../..");

interface Moment {
  seconds: number;
  mirrored: boolean;
  root: number[];
  rotations: Record<string, number[]>;
  skin: Record<string, number[]>;
}

const fixture = JSON.parse(readFileSync(join(ROOT, "tests/wire/clip.json"), "utf8")) as {
  clip: unknown;
  moments: Moment[];
};
const bytes = readFileSync(join(ROOT, "src/hipfirst/packs/bake/figure.bin"));
const asset: Asset = parseAsset(new Uint8Array(bytes).buffer);
const clip: Clip = parseClip(fixture.clip);

function near(given: ArrayLike<number>, wanted: readonly number[], digits: number): void {
  wanted.forEach((value, i) => {
    expect(given[i]).toBeCloseTo(value, digits);
  });
}

/** Place of vertex `v` under the bones. */
function moved(matrices: Float32Array, v: number): number[] {
  return [0, 1, 2].map((k) => {
    let sum = 0;
    for (let i = 4 * v; i < 4 * v + 4; i++) {
      const row = 12 * asset.skin.bones[i]! + 4 * k;
      let value = matrices[row + 3]!;
      for (let j = 0; j < 3; j++) value += matrices[row + j]! * asset.skin.positions[3 * v + j]!;
      sum += asset.skin.weights[i]! * value;
    }
    return sum;
  });
}

describe("a pose is the one Python computes", () => {
  for (const moment of fixture.moments) {
    const { seconds, mirrored } = moment;
    test(`at ${seconds} s${mirrored ? ", mirrored" : ""}`, () => {
      const shown = mirrored ? mirrorClip(clip) : clip;
      const pose = emptyPose(shown);
      sample(shown, seconds, pose);
      near(pose.root, moment.root, 4);
      for (const [joint, wanted] of Object.entries(moment.rotations)) {
        const j = 4 * shown.joints.indexOf(joint);
        const given = [...pose.rotations.subarray(j, j + 4)];
        const sign = given.reduce((sum, x, k) => sum + x * wanted[k]!, 0) < 0 ? -1 : 1;
        near(
          given.map((x) => sign * x),
          wanted,
          4,
        );
      }
      const skeleton = new Skeleton(asset.header);
      skeleton.follow(shown);
      skeleton.pose(pose);
      for (const [v, place] of Object.entries(moment.skin)) {
        near(moved(skeleton.matrices, Number(v)), place, 3);
      }
    });
  }
});

describe("a clip", () => {
  test("mirrored twice is itself", () => {
    const twice = mirrorClip(mirrorClip(clip));
    expect([...twice.rotations]).toEqual([...clip.rotations]);
    expect([...twice.root].map((x) => x + 0)).toEqual([...clip.root].map((x) => x + 0));
    expect(twice.props).toEqual(clip.props);
    expect(twice.bounds).toEqual(clip.bounds);
    expect(twice.side).toBe("right");
  });

  test("mirrored moves the other side and its props", () => {
    const other = mirrorClip(clip);
    expect(other.side).toBe("left");
    expect(other.camera.azimuthDeg).toBe(-clip.camera.azimuthDeg);
    expect(other.props[0]?.position[2]).toBeCloseTo(-clip.props[0]!.position[2]);
  });

  test("goes on where it began", () => {
    const [a, b] = [emptyPose(clip), emptyPose(clip)];
    sample(clip, 0.137, a);
    sample(clip, 0.137 + clip.frames / clip.fps, b);
    near(b.rotations, [...a.rotations], 4);
  });

  test("that is none is refused", () => {
    for (const wrong of [null, 3, "clip", {}, { format: 2 }]) {
      expect(() => parseClip(wrong)).toThrow(FigureUnavailable);
    }
  });

  test("that was cut short is refused", () => {
    const file = structuredClone(fixture.clip) as { root: { data: string } };
    file.root.data = file.root.data.slice(0, 8);
    expect(() => parseClip(file)).toThrow(/bytes/);
  });
});

describe("the figure's file", () => {
  test("holds a closed skin of both halves", () => {
    const edges = new Map<string, number>();
    const { triangles } = asset.skin;
    for (let i = 0; i < triangles.length; i++) {
      const [a, b] = [triangles[i]!, triangles[i % 3 === 2 ? i - 2 : i + 1]!];
      const [key, step] = a < b ? [`${a} ${b}`, 1] : [`${b} ${a}`, -1];
      edges.set(key, (edges.get(key) ?? 0) + step);
    }
    // Every edge is walked once each way: no hole, and nothing inside out.
    expect([...edges.values()].filter((sum) => sum !== 0)).toEqual([]);
  });

  test("gives every vertex whole weights", () => {
    for (let v = 0; v < asset.skin.count; v++) {
      const sum = asset.skin.weights.subarray(4 * v, 4 * v + 4).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  test("that is none is refused", () => {
    expect(() => parseAsset(new Uint8Array(64).buffer)).toThrow(FigureUnavailable);
  });
});

describe("the glow", () => {
  const medius: MuscleWork = { muscle: "gluteus-medius", role: "main", side: "working" };

  function warmest(heat: Uint8Array, sign: number, role: number): number {
    let most = 0;
    asset.skin.sides.forEach((side, v) => {
      if (side === sign) most = Math.max(most, heat[2 * v + role]!);
    });
    return most;
  }

  test("lies on the working side", () => {
    const heat = skinHeat(asset, [medius], "right", true);
    expect(warmest(heat, 1, 0)).toBeGreaterThan(200);
    expect(warmest(heat, -1, 0)).toBe(0);
    expect(warmest(heat, 1, 1)).toBe(0);
  });

  test("of the other side lies there, as a helper", () => {
    const heat = skinHeat(asset, [{ ...medius, role: "helps", side: "other" }], "right", true);
    expect(warmest(heat, -1, 1)).toBeGreaterThan(200);
    expect(warmest(heat, 1, 1)).toBe(0);
  });

  test("of deep muscles moves from the skin to the bands", () => {
    const deep: MuscleWork = { muscle: "piriformis", role: "main", side: "both" };
    expect(Math.max(...skinHeat(asset, [deep], null, true))).toBeGreaterThan(200);
    expect(Math.max(...skinHeat(asset, [deep], null, false))).toBe(0);
    expect(Math.max(...innerHeat(asset, [deep], null))).toBe(255);
  });

  test("works both sides when no side works alone", () => {
    expect(sidesOf("working", null)).toEqual(["left", "right"]);
    expect(sidesOf("other", "left")).toEqual(["right"]);
  });

  test("ignores a muscle the figure does not have", () => {
    const none = skinHeat(asset, [{ ...medius, muscle: "eyebrow" }], "right", true);
    expect(Math.max(...none)).toBe(0);
  });
});

describe("the view", () => {
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => [
    i & 1 ? 0.2 : -0.2,
    i & 2 ? 0.4 : 0,
    i & 4 ? 0.9 : -0.9,
  ]);
  const box = boxOf(Float32Array.from(corners));

  test("has everything in it, and touches the margin", () => {
    for (const [width, height] of [
      [390, 844],
      [1280, 800],
      [500, 500],
    ] as const) {
      const stand = fit(box.points, middleOf(box), [35, 12], width, height);
      const [right, up, back] = axes(35, 12);
      const half = Math.tan((FIELD_DEG * Math.PI) / 360) / Math.min(width, height);
      const edge: number[] = [];
      for (let i = 0; i < corners.length; i += 3) {
        const away = [0, 1, 2].map((k) => corners[i + k]! - middleOf(box)[k]!);
        const along = (axis: readonly number[]): number =>
          axis.reduce((sum, a, k) => sum + a * away[k]!, 0);
        const depth = stand.distance - along(back);
        edge.push(Math.abs(along(right) - stand.aside) / (half * width * depth));
        edge.push(Math.abs(along(up) - stand.up) / (half * height * depth));
      }
      expect(Math.max(...edge)).toBeLessThan(0.94);
      expect(Math.max(...edge)).toBeGreaterThan(0.91);
    }
  });

  test("comes to rest where it should look", () => {
    const orbit = new Orbit(false);
    orbit.look(40, 12, box);
    let moving = true;
    for (let i = 0; i < 200 && moving; i++) [, moving] = orbit.step(1 / 60, 800, 600);
    const [sight] = orbit.step(1 / 60, 800, 600);
    expect(moving).toBe(false);
    expect(sight.azimuthDeg).toBeCloseTo(40);
    expect(sight.distance).toBeCloseTo(
      fit(box.points, middleOf(box), [40, 12], 800, 600).distance,
      2,
    );
  });

  test("jumps when motion is not wanted", () => {
    const orbit = new Orbit(true);
    orbit.look(40, 12, box);
    const [sight, moving] = orbit.step(1 / 60, 800, 600);
    expect([sight.azimuthDeg, moving]).toEqual([40, false]);
  });

  test("never goes under the floor or over the top, and resets", () => {
    const orbit = new Orbit(true);
    orbit.look(0, 10, box);
    orbit.turn(720, 500);
    expect(orbit.step(0, 800, 600)[0].elevationDeg).toBe(80);
    orbit.turn(0, -500);
    expect(orbit.step(0, 800, 600)[0].elevationDeg).toBe(-4);
    orbit.reset();
    const [sight] = orbit.step(0, 800, 600);
    expect([sight.azimuthDeg, sight.elevationDeg]).toEqual([0, 10]);
  });
});

test("names change sides", () => {
  expect([otherSide("thigh_left"), otherSide("foot_right"), otherSide("head")]).toEqual([
    "thigh_right",
    "foot_left",
    "head",
  ]);
});
