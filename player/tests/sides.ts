// SPDX-License-Identifier: Apache-2.0
// A plan that tests the sides: a hold of each, then a count of both together.

import type { Rung, Slot, Timeline } from "../src/wire";
import { payload } from "./drive";

/** The way into the hold [s]. */
export const WAY_IN_S = 2;

function test(rung: Rung, exercise: string, name: string, work: Partial<Rung["work"]>): Rung {
  return { ...rung, exercise, name, work: { ...rung.work, reps: 1, measured: true, ...work } };
}

const phase = (name: string, seconds: number): Rung["work"]["phases"][number] => ({
  name,
  seconds,
  cue: name,
});

export function sides(): Timeline {
  const plan = payload().timeline;
  const [first, second] = plan.slots as [Slot, Slot];
  const [clam] = first.rungs as [Rung];
  const hold = test(clam, "side-leg-hold", "Side leg hold", {
    kind: "hold",
    hold_s: 45,
    phases: [phase("Lift", WAY_IN_S), phase("Hold", 45), phase("Lower", 2)],
    seconds: 49,
  });
  const stands = test(clam, "sit-to-stand", "Sit to stand", {
    kind: "count",
    phases: [phase("Up", 1), phase("Down", 2)],
    seconds: 30,
  });
  const bout = { set: 1, get_ready_s: 5, rest_after_s: 10, switch_after: false, easier_by: 0 };
  const bare = { sets: 1, start_rung: 0, others: [], substitutes: {}, because: [] };
  return {
    ...plan,
    session: "self-test",
    title: "Test your sides",
    slots: [
      {
        ...first,
        ...bare,
        id: "side-hold",
        rungs: [hold],
        bouts: [
          { ...bout, side: "left", switch_after: true },
          { ...bout, side: "right" },
        ],
      },
      {
        ...second,
        ...bare,
        id: "chair-stands",
        rungs: [{ ...stands, shown_side: null }],
        bouts: [{ ...bout, side: "both", rest_after_s: 0 }],
      },
    ],
  };
}
