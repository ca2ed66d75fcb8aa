// SPDX-License-Identifier: Apache-2.0
// The body as a few spheres: enough for the soft shade where it nears the ground.

import type { Header } from "./asset";
import { at } from "./quaternion";
import type { Skeleton } from "./skeleton";

/** Radius at the joint, radius at the end [m], number of spheres between two joints. */
const BETWEEN: Readonly<Record<string, readonly [string, number, number, number]>> = {
  pelvis: ["lumbar", 0.115, 0.1, 1],
  lumbar: ["thorax", 0.1, 0.105, 2],
  thorax: ["neck", 0.11, 0.06, 3],
  thigh: ["shank", 0.08, 0.052, 4],
  shank: ["foot", 0.05, 0.034, 4],
  foot: ["toes", 0.032, 0.026, 3],
  upper_arm: ["forearm", 0.045, 0.036, 3],
  forearm: ["hand", 0.034, 0.024, 3],
};
/** Spheres on a bone: joint, place in the bind pose from the joint [m], radius [m]. */
const ON: readonly (readonly [string, number, number, number, number])[] = [
  ["head", -0.01, 0.11, 0, 0.085],
  ["hand", 0, -0.06, 0, 0.024],
  ["hand", 0, -0.13, 0, 0.018],
  ["pelvis", -0.04, -0.02, 0.075, 0.085],
  ["pelvis", -0.04, -0.02, -0.075, 0.085],
  ["toes", 0.03, -0.01, 0, 0.016],
];

type Blob = readonly [from: number, to: number, share: number, radius: number];

export class Blobs {
  readonly values: Float32Array;
  readonly #between: Blob[] = [];
  readonly #on: (readonly [number, number, number, number, number])[] = [];

  constructor(header: Header) {
    header.joints.forEach((name, j) => {
      const plain = name.replace(/_(left|right)$/, "");
      const side = name.slice(plain.length);
      const span = BETWEEN[plain];
      const end = span ? header.joints.indexOf(span[0] + side) : -1;
      if (span && end >= 0) this.#span(j, end, span);
      for (const [joint, x, y, z, radius] of ON) {
        if (joint === plain) this.#on.push([j, x, y, z, radius]);
      }
    });
    this.values = new Float32Array(4 * (this.#between.length + this.#on.length));
  }

  get count(): number {
    return this.values.length / 4;
  }

  #span(from: number, to: number, [, first, last, count]: readonly [string, number, number, number]): void {
    for (let i = 0; i < count; i++) {
      const share = (i + 0.25) / count;
      this.#between.push([from, to, share, first + (last - first) * share]);
    }
  }

  /** Follows the pose of the skeleton. */
  update(skeleton: Skeleton): void {
    const { places, matrices, header } = skeleton;
    let i = 0;
    for (const [from, to, share, radius] of this.#between) {
      for (let k = 0; k < 3; k++) {
        this.values[i++] = (1 - share) * at(places, 3 * from + k) + share * at(places, 3 * to + k);
      }
      this.values[i++] = radius;
    }
    for (const [joint, x, y, z, radius] of this.#on) {
      const rest = skeleton.restPlace(header.joints[joint] ?? "");
      for (let k = 0; k < 3; k++) {
        const row = 12 * joint + 4 * k;
        let value = at(matrices, row + 3);
        value += at(matrices, row) * (rest[0] + x) + at(matrices, row + 1) * (rest[1] + y);
        this.values[i++] = value + at(matrices, row + 2) * (rest[2] + z);
      }
      this.values[i++] = radius;
    }
  }
}
