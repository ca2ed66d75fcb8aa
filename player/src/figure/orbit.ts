// SPDX-License-Identifier: Apache-2.0
// Where the figure is seen from: the clip's own view, turned and zoomed by the viewer.

import type { Vector } from "./clip";
import { at } from "./quaternion";

/** A box, and points in it that must be seen (x, y, z in a row). */
export interface Box {
  readonly low: Vector;
  readonly high: Vector;
  readonly points: Float32Array;
}

export interface Sight {
  azimuthDeg: number;
  elevationDeg: number;
  distance: number;
  target: [number, number, number];
}

/** Field of view of the shorter side of the picture [deg]. */
export const FIELD_DEG = 26;
const MARGIN = 1.08;
const NEAREST = 0.35;
const FARTHEST = 1.8;
/** Share of the way to a new view that is left after a second. */
const LEFT_AFTER_A_SECOND = 0.004;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Right, up and back of a viewer at an angle. */
export function axes(azimuthDeg: number, elevationDeg: number): [Vector, Vector, Vector] {
  const [a, e] = [radians(azimuthDeg), radians(elevationDeg)];
  const back: Vector = [Math.cos(e) * Math.cos(a), Math.sin(e), Math.cos(e) * Math.sin(a)];
  const right: Vector = [Math.sin(a), 0, -Math.cos(a)];
  const up: Vector = [-Math.sin(e) * Math.cos(a), Math.cos(e), -Math.sin(e) * Math.sin(a)];
  return [right, up, back];
}

/** Where to stand: how far from the middle of the box, and how far aside and up it is aimed [m]. */
export interface Stand {
  readonly distance: number;
  readonly aside: number;
  readonly up: number;
}

/**
 * The nearest place from which all `points` (x, y, z in a row) fit into a picture of `width` by
 * `height`, with as much room on every side. packs/bake/camera.py derives it.
 */
export function fit(
  points: ArrayLike<number>,
  middle: Vector,
  angles: readonly [azimuthDeg: number, elevationDeg: number],
  width: number,
  height: number,
): Stand {
  const [right, up, back] = axes(...angles);
  const slope = Math.tan(radians(FIELD_DEG) / 2) / MARGIN;
  const shorter = Math.min(width, height);
  const [kx, ky] = [(slope * width) / shorter, (slope * height) / shorter];
  // The strictest point towards each edge: right, left, top, bottom.
  const most = [-Infinity, -Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 3) {
    let [r, u, b] = [0, 0, 0];
    for (let k = 0; k < 3; k++) {
      const away = at(points, i + k) - at(middle, k);
      r += away * at(right, k);
      u += away * at(up, k);
      b += away * at(back, k);
    }
    [r + kx * b, kx * b - r, u + ky * b, ky * b - u].forEach((value, edge) => {
      if (value > at(most, edge)) most[edge] = value;
    });
  }
  const [east = 0, west = 0, north = 0, south = 0] = most;
  return {
    distance: Math.max((east + west) / (2 * kx), (north + south) / (2 * ky)),
    aside: (east - west) / 2,
    up: (north - south) / 2,
  };
}

/** The middle of a box. */
export function middleOf({ low, high }: Box): [number, number, number] {
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
}

export class Orbit {
  #azimuthDeg = 0;
  #elevationDeg = 10;
  #turnDeg = 0;
  #liftDeg = 0;
  #zoom = 1;
  #box: Box = { low: [0, 0, 0], high: [0, 0, 0], points: new Float32Array(3) };
  #stand: (Stand & { width: number; height: number }) | null = null;
  readonly #shown: Sight = { azimuthDeg: 0, elevationDeg: 10, distance: 4, target: [0, 0.9, 0] };

  constructor(private readonly still: boolean) {}

  /** Looks at something new, keeping what the viewer turned and zoomed. */
  look(azimuthDeg: number, elevationDeg: number, box: Box): void {
    this.#azimuthDeg = azimuthDeg;
    this.#elevationDeg = elevationDeg;
    this.#box = box;
    this.#stand = null;
  }

  turn(azimuthDeg: number, elevationDeg: number): void {
    this.#turnDeg += azimuthDeg;
    const lift = clamp(this.#elevationDeg + this.#liftDeg + elevationDeg, -4, 80);
    this.#liftDeg = lift - this.#elevationDeg;
  }

  /** More than 1 comes nearer. */
  zoom(factor: number): void {
    this.#zoom = clamp(this.#zoom / factor, NEAREST, FARTHEST);
  }

  reset(): void {
    this.#turnDeg = this.#liftDeg = 0;
    this.#zoom = 1;
  }

  /** Jumps to the wanted view at once. */
  settle(width: number, height: number): void {
    Object.assign(this.#shown, this.#wanted(width, height));
  }

  /** Moves towards the wanted view; returns the view and whether it still moves. */
  step(seconds: number, width: number, height: number): [sight: Readonly<Sight>, moving: boolean] {
    const wanted = this.#wanted(width, height);
    const shown = this.#shown;
    const left = this.still ? 0 : LEFT_AFTER_A_SECOND ** seconds;
    const gap = Math.abs(wanted.azimuthDeg - shown.azimuthDeg) + 20 * Math.abs(wanted.distance - shown.distance);
    const moving = left > 0 && gap + Math.abs(wanted.elevationDeg - shown.elevationDeg) > 0.05;
    const keep = moving ? left : 0;
    const towards = (from: number, to: number): number => to + (from - to) * keep;
    shown.azimuthDeg = towards(shown.azimuthDeg, wanted.azimuthDeg);
    shown.elevationDeg = towards(shown.elevationDeg, wanted.elevationDeg);
    shown.distance = towards(shown.distance, wanted.distance);
    wanted.target.forEach((value, k) => (shown.target[k] = towards(shown.target[k] ?? value, value)));
    return [shown, moving];
  }

  /** The stand of the clip's own view: turning must neither pump the distance nor shift the aim. */
  #fitted(width: number, height: number): Stand {
    if (this.#stand?.width !== width || this.#stand.height !== height) {
      const angles = [this.#azimuthDeg, this.#elevationDeg] as const;
      const { points } = this.#box;
      const stand = fit(points, middleOf(this.#box), angles, width, height);
      this.#stand = { ...stand, width, height };
    }
    return this.#stand;
  }

  #wanted(width: number, height: number): Sight {
    const azimuthDeg = this.#azimuthDeg + this.#turnDeg;
    const elevationDeg = clamp(this.#elevationDeg + this.#liftDeg, -4, 80);
    const { distance, aside, up } = this.#fitted(width, height);
    const [right, above] = axes(this.#azimuthDeg, this.#elevationDeg);
    const target = middleOf(this.#box);
    target.forEach((value, k) => (target[k] = value + aside * at(right, k) + up * at(above, k)));
    return { azimuthDeg, elevationDeg, distance: distance * this.#zoom, target };
  }
}
