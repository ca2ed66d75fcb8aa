// SPDX-License-Identifier: Apache-2.0
// Where the figure is seen from: the clip's own view, turned and zoomed by the viewer.

import type { Vector } from "./clip";

export interface Box {
  readonly low: Vector;
  readonly high: Vector;
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

/** The smallest distance from which all of `box` fits into a picture of `width` by `height`. */
export function fit(box: Box, azimuthDeg: number, elevationDeg: number, width: number, height: number): number {
  const [right, up, back] = axes(azimuthDeg, elevationDeg);
  const slope = Math.tan(radians(FIELD_DEG) / 2) / MARGIN;
  const shorter = Math.min(width, height);
  const reach = [(slope * width) / shorter, (slope * height) / shorter] as const;
  const half = [0, 1, 2].map((k) => ((box.high[k] ?? 0) - (box.low[k] ?? 0)) / 2);
  let distance = 0;
  for (let corner = 0; corner < 8; corner++) {
    const place = half.map((value, k) => ((corner >> k) & 1 ? value : -value));
    const along = (axis: Vector): number => axis.reduce((sum, a, k) => sum + a * (place[k] ?? 0), 0);
    const aside = Math.max(Math.abs(along(right)) / reach[0], Math.abs(along(up)) / reach[1]);
    distance = Math.max(distance, along(back) + aside);
  }
  return distance;
}

export class Orbit {
  #azimuthDeg = 0;
  #elevationDeg = 10;
  #turnDeg = 0;
  #liftDeg = 0;
  #zoom = 1;
  #box: Box = { low: [-0.5, 0, -0.5], high: [0.5, 1.7, 0.5] };
  readonly #shown: Sight = { azimuthDeg: 0, elevationDeg: 10, distance: 4, target: [0, 0.9, 0] };

  constructor(private readonly still: boolean) {}

  /** Looks at something new, keeping what the viewer turned and zoomed. */
  look(azimuthDeg: number, elevationDeg: number, box: Box): void {
    this.#azimuthDeg = azimuthDeg;
    this.#elevationDeg = elevationDeg;
    this.#box = box;
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

  #wanted(width: number, height: number): Sight {
    const { low, high } = this.#box;
    const azimuthDeg = this.#azimuthDeg + this.#turnDeg;
    const elevationDeg = clamp(this.#elevationDeg + this.#liftDeg, -4, 80);
    // The distance is that of the clip's own view: turning must not pump it.
    const distance = fit(this.#box, this.#azimuthDeg, this.#elevationDeg, width, height) * this.#zoom;
    return {
      azimuthDeg,
      elevationDeg,
      distance,
      target: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
    };
  }
}
