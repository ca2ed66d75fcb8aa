// SPDX-License-Identifier: Apache-2.0
// Which parts of the skin and of what lies under it glow, for the muscles of an exercise.

import type { Asset, Mesh } from "./asset";
import type { Side } from "./clip";
import { at } from "./quaternion";

export interface MuscleWork {
  readonly muscle: string;
  readonly role: "main" | "helps";
  readonly side: "working" | "other" | "both";
}

/** Main and helping depth of vertex v at 2 v, 0 to 255; 128 at a muscle's edge. */
export type Heat = Uint8Array;

const ROLES = ["main", "helps"] as const;
const SIDES: readonly (readonly [Side, number])[] = [
  ["left", -1],
  ["right", 1],
];
/** Muscles under others: in the x-ray view they are shown as bands, not on the skin. */
export const DEEP: ReadonlySet<string> = new Set([
  "piriformis",
  "deep-rotators",
  "gluteus-minimus",
  "iliopsoas",
]);

/** The sides of the body on which a muscle works, when the exercise is done with `working`. */
export function sidesOf(side: MuscleWork["side"], working: Side | null): readonly Side[] {
  if (side === "both" || working === null) return ["left", "right"];
  const other = working === "left" ? "right" : "left";
  return [side === "working" ? working : other];
}

function eachColumn(
  asset: Asset,
  muscles: readonly MuscleWork[],
  working: Side | null,
  deep: boolean,
  fill: (column: number, sign: number, role: number) => void,
): void {
  for (const { muscle, role, side } of muscles) {
    const column = asset.header.muscles.indexOf(muscle);
    if (column < 0 || (!deep && DEEP.has(muscle))) continue;
    for (const [name, sign] of SIDES) {
      if (sidesOf(side, working).includes(name)) fill(column, sign, ROLES.indexOf(role));
    }
  }
}

function raise(out: Heat, mesh: Mesh, sign: number, role: number, depth: (v: number) => number): void {
  for (let v = 0; v < mesh.count; v++) {
    if (at(mesh.sides, v) * sign >= 0) out[2 * v + role] = Math.max(at(out, 2 * v + role), depth(v));
  }
}

/** Glow of the skin; without `deep` only of what lies on top. */
export function skinHeat(
  asset: Asset,
  muscles: readonly MuscleWork[],
  working: Side | null,
  deep: boolean,
): Heat {
  const out = new Uint8Array(2 * asset.skin.count);
  const width = asset.header.muscles.length;
  eachColumn(asset, muscles, working, deep, (column, sign, role) => {
    raise(out, asset.skin, sign, role, (v) => at(asset.muscles, v * width + column));
  });
  return out;
}

/** Glow of the deep muscles' bands. */
export function innerHeat(
  asset: Asset,
  muscles: readonly MuscleWork[],
  working: Side | null,
): Heat {
  const out = new Uint8Array(2 * asset.inner.count);
  eachColumn(asset, muscles, working, true, (column, sign, role) => {
    raise(out, asset.inner, sign, role, (v) => (at(asset.kinds, v) === column ? 255 : 0));
  });
  return out;
}
