// SPDX-License-Identifier: Apache-2.0
// The room the skin takes up while a clip plays.

import type { Asset } from "./asset";
import { type Clip, type Prop, emptyPose, sample } from "./clip";
import type { Box } from "./orbit";
import { at } from "./quaternion";
import type { Skeleton } from "./skeleton";

/** Every so many vertices and moments are looked at. */
const STRIDE = 9;
const MOMENTS = 10;

/** The room of skin and things over the whole clip [m]; leaves the skeleton posed. */
export function extentOf(clip: Clip, asset: Asset, skeleton: Skeleton): Box {
  const vertices = Math.ceil(asset.skin.count / STRIDE);
  const points = new Float32Array(3 * vertices * MOMENTS);
  const pose = emptyPose(clip);
  let i = 0;
  for (let moment = 0; moment < MOMENTS; moment++) {
    sample(clip, (moment / MOMENTS) * (clip.frames / clip.fps), pose);
    skeleton.pose(pose);
    for (let v = 0; v < asset.skin.count; v += STRIDE) {
      for (let k = 0; k < 3; k++) points[i++] = moved(asset, skeleton.matrices, v, k);
    }
  }
  return boxOf(Float32Array.from([...points, ...clip.props.flatMap(corners)]));
}

/** Corners of a prop that must be seen: not of a mat or wall, which may run out of the picture. */
function corners({ kind, position, yawDeg, size }: Prop): number[] {
  if (kind === "mat" || kind === "wall") return [];
  const [cos, sin] = [Math.cos((yawDeg * Math.PI) / 180), Math.sin((yawDeg * Math.PI) / 180)];
  return [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => {
    const [x, z] = [(i & 1 ? 0.5 : -0.5) * size[0], (i & 2 ? 0.5 : -0.5) * size[2]];
    const y = i & 4 ? size[1] : 0;
    return [position[0] + cos * x + sin * z, position[1] + y, position[2] - sin * x + cos * z];
  });
}

/** The box round points given as x, y, z in a row. */
export function boxOf(points: Float32Array): Box {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  points.forEach((value, i) => {
    const k = i % 3;
    low[k] = Math.min(at(low, k), value);
    high[k] = Math.max(at(high, k), value);
  });
  return { low, high, points };
}

/** Coordinate `k` of vertex `v` under its bones. */
function moved({ skin }: Asset, matrices: Float32Array, v: number, k: number): number {
  let sum = 0;
  for (let i = 4 * v; i < 4 * v + 4; i++) {
    const weight = at(skin.weights, i);
    const row = 12 * at(skin.bones, i) + 4 * k;
    const p = 3 * v;
    sum +=
      weight *
      (at(matrices, row) * at(skin.positions, p) +
        at(matrices, row + 1) * at(skin.positions, p + 1) +
        at(matrices, row + 2) * at(skin.positions, p + 2) +
        at(matrices, row + 3));
  }
  return sum;
}
