// SPDX-License-Identifier: Apache-2.0
// Why a movement that stands ready answers the reason it was asked for.

import { gettext, interpolate } from "./i18n";
import type { Reason, Rung } from "./wire";

/** The same names as on the pages of the site. */
const POSITIONS: Record<Rung["position"], () => string> = {
  supine: () => gettext("Lying on your back"),
  "side-lying": () => gettext("Lying on your side"),
  prone: () => gettext("Lying on your front"),
  quadruped: () => gettext("On hands and knees"),
  kneeling: () => gettext("Kneeling"),
  "half-kneeling": () => gettext("Half kneeling"),
  seated: () => gettext("Sitting"),
  standing: () => gettext("Standing"),
  plank: () => gettext("Plank"),
};

const KIT: Record<Rung["kit"][number], () => string> = {
  mat: () => gettext("Mat"),
  cushion: () => gettext("Cushion"),
  chair: () => gettext("Chair"),
  wall: () => gettext("Wall"),
  step: () => gettext("Step"),
  ball: () => gettext("Ball"),
  "mini-band": () => gettext("Mini band"),
  "long-band": () => gettext("Long band"),
  "ankle-weight": () => gettext("Ankle weight"),
  dumbbell: () => gettext("Dumbbell"),
  slider: () => gettext("Slider"),
  towel: () => gettext("Towel"),
};

/** What matters of `to` where something was wrong with `from`; empty: nothing needs saying. */
export function suits(reason: Reason, from: Rung, to: Rung): string {
  if (reason === "no-kit") return kitSaid(to);
  const moves = from.position !== to.position;
  return moves && reason !== "too-easy" ? `${POSITIONS[to.position]()}.` : "";
}

/** Whether there is something to be without: a mat is comfort, and a wall is everywhere. */
export function needsKit({ kit }: Rung): boolean {
  return kit.some((each) => each !== "mat" && each !== "wall");
}

function kitSaid({ kit }: Rung): string {
  // A mat is comfort, never needed.
  const needed = kit.filter((each) => each !== "mat");
  if (needed.length === 0) return gettext("Needs nothing but the floor.");
  const names = needed.map((each) => KIT[each]()).join(", ");
  return interpolate(gettext("Needs: %(kit)s."), { kit: names });
}
