// SPDX-License-Identifier: Apache-2.0
// Forward kinematics and bone matrices, from the skeleton that travels in the figure's file.

import type { Header } from "./asset";
import type { Clip, Pose } from "./clip";
import { at, multiply, rotate, slerp, toRows } from "./quaternion";

/** Places and turns of all joints of one pose. */
interface Placed {
  readonly places: Float32Array;
  readonly turns: Float32Array;
}

export class Skeleton {
  /** Three rows of four numbers for each bone: turn and shift from the bind pose. */
  readonly matrices: Float32Array;
  /** World place of each joint at 3 j [m]. */
  readonly places: Float32Array;
  readonly #turns: Float32Array;
  readonly #rest: Placed;
  readonly #bind: Float32Array;
  readonly #halves: readonly number[];
  readonly #scratch = new Float32Array(8);
  #order: readonly number[] = [];

  constructor(readonly header: Header) {
    const count = header.joints.length;
    this.#bind = Float32Array.from(header.bind.flat());
    this.#halves = header.halves.map((name) => header.joints.indexOf(name));
    this.places = new Float32Array(3 * count);
    this.#turns = new Float32Array(4 * count);
    this.matrices = new Float32Array(12 * (count + this.#halves.length));
    this.#rest = { places: new Float32Array(3 * count), turns: new Float32Array(4 * count) };
    this.#order = header.joints.map((_, j) => j);
    this.#forward({ root: new Float32Array(3), rotations: this.#bind }, this.#rest);
  }

  /** Where a joint stands in the bind pose [m]. */
  restPlace(joint: string): [number, number, number] {
    const j = 3 * this.header.joints.indexOf(joint);
    const { places } = this.#rest;
    return [at(places, j), at(places, j + 1), at(places, j + 2)];
  }

  /** Takes on the joint order of a clip. */
  follow(clip: Clip): void {
    this.#order = this.header.joints.map((name) => clip.joints.indexOf(name));
  }

  /** Poses the bones: afterwards `matrices` and `places` hold the pose. */
  pose(pose: Pose): void {
    this.#forward(pose, { places: this.places, turns: this.#turns });
    const count = this.header.joints.length;
    for (let j = 0; j < count; j++) this.#matrix(j, this.#turns, 4 * j, j);
    this.#halves.forEach((j, i) => {
      const parent = at(this.header.parents, j);
      multiply(this.#scratch, 0, this.#turns, 4 * parent, this.#bind, 4 * j);
      slerp(this.#scratch, 0, this.#scratch, 0, this.#turns, 4 * j, 0.5);
      this.#matrix(count + i, this.#scratch, 0, j);
    });
  }

  #forward(pose: Pose, to: Placed): void {
    const { parents, offsets } = this.header;
    parents.forEach((parent, j) => {
      const from = 4 * at(this.#order, j);
      if (parent < 0) {
        to.turns.set(pose.rotations.subarray(from, from + 4), 4 * j);
        to.places.set(pose.root, 3 * j);
        return;
      }
      multiply(to.turns, 4 * j, to.turns, 4 * parent, pose.rotations, from);
      rotate(to.places, 3 * j, to.turns, 4 * parent, offsets[j] as number[], 0);
      for (let k = 0; k < 3; k++) {
        to.places[3 * j + k] = at(to.places, 3 * j + k) + at(to.places, 3 * parent + k);
      }
    });
  }

  /** Writes bone `bone`, turned by `turn` at `i` and standing at joint `j`. */
  #matrix(bone: number, turn: Float32Array, i: number, j: number): void {
    const rest = this.#rest;
    const back = this.#scratch;
    for (let k = 0; k < 4; k++) back[4 + k] = (k < 3 ? -1 : 1) * at(rest.turns, 4 * j + k);
    multiply(back, 4, turn, i, back, 4);
    toRows(this.matrices, 12 * bone, back, 4);
    for (let row = 0; row < 3; row++) {
      const m = 12 * bone + 4 * row;
      let shift = at(this.places, 3 * j + row);
      for (let k = 0; k < 3; k++) shift -= at(this.matrices, m + k) * at(rest.places, 3 * j + k);
      this.matrices[m + 3] = shift;
    }
  }
}
