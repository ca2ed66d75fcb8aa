// SPDX-License-Identifier: Apache-2.0
// What muscles are called, and which ones two movements have in common.

import { gettext } from "./i18n";
import type { Rung } from "./wire";

export type Muscle = Rung["muscles"][number]["muscle"];

/** The same names as on the pages of the site. */
const NAMES: Record<Muscle, () => string> = {
  piriformis: () => gettext("Piriformis"),
  "deep-rotators": () => gettext("Deep hip rotators"),
  "gluteus-medius": () => gettext("Gluteus medius"),
  "gluteus-minimus": () => gettext("Gluteus minimus"),
  "gluteus-maximus": () => gettext("Gluteus maximus"),
  "tensor-fasciae-latae": () => gettext("Tensor fasciae latae"),
  iliopsoas: () => gettext("Iliopsoas (hip flexors)"),
  adductors: () => gettext("Adductors (inner thigh)"),
  "rectus-femoris": () => gettext("Rectus femoris (front of thigh)"),
  vasti: () => gettext("Vasti (thigh)"),
  hamstrings: () => gettext("Hamstrings"),
  calf: () => gettext("Calf"),
  abdominals: () => gettext("Abdominals"),
  obliques: () => gettext("Obliques"),
  "back-extensors": () => gettext("Back extensors"),
  shoulders: () => gettext("Shoulders"),
};

export function muscleName(muscle: Muscle): string {
  return NAMES[muscle]();
}

/** Muscles that both movements train, those that matter most to the first one first. */
export function shared(one: Rung, other: Rung): Muscle[] {
  const trained = new Set(other.muscles.map(({ muscle }) => muscle));
  const mainFirst = [...one.muscles].sort((a, b) => rank(a.role) - rank(b.role));
  return mainFirst.map(({ muscle }) => muscle).filter((muscle) => trained.has(muscle));
}

function rank(role: "main" | "helps"): number {
  return role === "main" ? 0 : 1;
}
