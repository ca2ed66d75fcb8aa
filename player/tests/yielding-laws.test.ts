// SPDX-License-Identifier: Apache-2.0

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "../src/fold";
import { choiceAt } from "../src/plan";
import { read } from "../src/read";
import { fitting, resting } from "../src/resting";
import { snapshot } from "../src/snapshot";
import * as go from "../src/transitions";
import { shapeOf, type Reason, type RunEvent, type Timeline, type Where } from "../src/wire";
import * as yielding from "../src/yielding";
import { at, changed, Drive, hurt, jumpTo, leave, swap, type Act } from "./drive";

const reasons = fc.constantFrom<Reason>(
  "hurts",
  "too-hard",
  "too-easy",
  "no-space",
  "no-kit",
  "not-today",
);
const elsewhere = hurt("elsewhere", null);
const knees = fc.tuple(fc.constantFrom<Where>("left", "right"), fc.nat(10));
const actions = fc.oneof(
  fc.constantFrom<Act>(
    go.start,
    go.pause,
    go.resume,
    go.next,
    go.back,
    go.again,
    go.endNow,
    go.addRest,
    go.hide,
    yielding.swapBack,
    elsewhere,
  ),
  fc.constantFrom<1 | -1>(-1, 1).map(
    (by): Act =>
      (...now) =>
        go.changeRung(...now, by),
  ),
  fc.nat(2).map(jumpTo),
  reasons.map(swap),
  reasons.map(leave),
  knees.map(([where, pain]) => hurt(where, pain)),
);
const rides = fc.array(fc.tuple(actions, fc.nat(90)), { maxLength: 40 });
/** What another device may log about one of the exercises. */
const foreign = fc.oneof(
  fc.constantFrom({ type: "paused" }, { type: "resumed" }),
  fc.record({
    type: fc.constant("rung-changed"),
    slot: fc.constantFrom("clam", "bridge"),
    rung: fc.nat(1),
  }),
  fc.constantFrom(
    { type: "rest-added", slot: "bridge", bout: 0, seconds: 15 },
    { type: "moved", slot: "clam", bout: 1, via: "jump" },
    { type: "done", slot: "clam", bout: 0, rung: 0, reps: 3, seconds: 15, complete: false },
    { type: "hurt", slot: "clam", rung: 0, where: "left", pain: 7 },
  ),
);
/** The example with knees that differ and fewer stand-ins than it has. */
const plans = fc.record({ easier: fc.nat(2), bare: fc.boolean(), same: fc.boolean() }).map((how) =>
  changed((each) => {
    for (const slot of each.slots) {
      slot.bouts.forEach((bout, n) => (bout.easier_by = n % 2 === 0 ? how.easier : 0));
      if (how.bare) slot.substitutes = {};
    }
    if (how.same) each.slots[1] = { ...structuredClone(each.slots[2]!), id: "bridge-again" };
  }),
);

describe("laws of every ride with pain in it", () => {
  const ridden = (plan: Timeline, ride: [Act, number][], look: (drive: Drive) => void): Drive => {
    const drive = new Drive([], plan).do(go.start);
    for (const [act, seconds] of ride) {
      look(drive.do(act));
      look(drive.sleep(seconds));
    }
    return drive;
  };
  const isWork = (drive: Drive): boolean =>
    ["get-ready", "switch", "work"].includes(drive.state.phase.kind);

  test("it never stands at a movement that rests", () => {
    fc.assert(
      fc.property(plans, rides, (plan, ride) => {
        ridden(plan, ride, (drive) => {
          const out = resting(plan, drive.state.run);
          if (isWork(drive)) expect(out.has(at(drive))).toBe(false);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("an exercise is left for pain in a knee only where nothing of it can be done", () => {
    const inKnees = rides.map((ride) => ride.filter(([act]) => act !== elsewhere));
    fc.assert(
      fc.property(plans, inKnees, (plan, ride) => {
        let count = 0;
        ridden(plan, ride, (drive) => {
          const fresh = drive.events.slice(count);
          const pain = fresh.findIndex(({ type }) => type === "hurt");
          for (const event of pain < 0 ? [] : fresh.slice(pain)) {
            if (event.type !== "skipped") continue;
            const index = plan.slots.findIndex(({ id }) => id === event.slot);
            expect(fitting(plan, drive.state.run, index)).toBeNull();
          }
          count = drive.events.length;
        });
      }),
      { numRuns: 300 },
    );
  });

  test("what another device logs never takes repetitions away", () => {
    fc.assert(
      fc.property(plans, rides, fc.nat(40), foreign, (plan, ride, seconds, theirs) => {
        const drive = ridden(plan, ride, () => undefined).wait(seconds);
        const { at: place, phase } = drive.state;
        const { motion } = snapshot(drive.frame, drive.state, drive.now);
        const before = drive.state.run.slots;
        const event = {
          format: 1,
          id: "bbbbbbbb-0000-4000-8000-000000000009",
          device: "bbbbbbbb-0000-4000-8000-000000000002",
          seq: drive.state.run.last_seq + 1,
          at: new Date(drive.now).toISOString(),
          ...theirs,
        } as RunEvent;
        drive.events.push(event);
        drive.do((f, s, now) => go.absorb(f, s, now, [...drive.events]));
        const { slots } = drive.state.run;
        before.forEach(({ bouts }, n) => {
          bouts.forEach(({ complete, reps }, m) => {
            const line = slots[n]!.bouts[m]!;
            if (complete) expect(line.complete).toBe(true);
            if (line.complete === complete) expect(line.reps).toBeGreaterThanOrEqual(reps);
          });
        });
        const line = slots[place.slot]!.bouts[place.bout]!;
        if (phase.kind === "work" && !line.complete) {
          expect(line.reps).toBeGreaterThanOrEqual(motion.reps);
        }
        expect(fold(shapeOf(plan), drive.events)).toEqual(drive.state.run);
      }),
      { numRuns: 300 },
    );
  });

  test("nothing that was done is lost", () => {
    fc.assert(
      fc.property(plans, rides, (plan, ride) => {
        let before: (readonly [boolean, number])[] = [];
        ridden(plan, ride, (drive) => {
          const now = drive.state.run.slots.flatMap(({ bouts }) =>
            bouts.map(({ complete, reps }) => [complete, reps] as const),
          );
          before.forEach(([complete, reps], n) => {
            expect(Number(now[n]![0])).toBeGreaterThanOrEqual(Number(complete));
            if (now[n]![0] === complete) expect(now[n]![1]).toBeGreaterThanOrEqual(reps);
          });
          before = now;
        });
      }),
    );
  });

  test("the state is the fold of its events, each well-formed", () => {
    fc.assert(
      fc.property(plans, rides, (plan, ride) => {
        const drive = ridden(plan, ride, () => undefined);
        const shape = shapeOf(plan);
        expect(read(shape, drive.events).problems).toEqual([]);
        expect(fold(shape, drive.events)).toEqual(drive.state.run);
        const again = new Drive(drive.events, plan);
        expect(again.state.run).toEqual(drive.state.run);
        if (isWork(drive)) expect(again.state.at).toEqual(drive.state.at);
      }),
    );
  });

  test("forward and back pass over nothing but what rests", () => {
    fc.assert(
      fc.property(plans, rides, (plan, ride) => {
        const drive = ridden(plan, ride, () => undefined);
        if (drive.state.phase.kind === "end") return;
        const passed = (from: number, to: number): void => {
          const { progress } = snapshot(drive.frame, drive.state, drive.now);
          expect(progress.slice(from, to).every(({ rests }) => rests)).toBe(true);
        };
        const slot = drive.state.at.slot;
        const next = drive.do(go.next).state;
        if (next.phase.kind === "end") {
          passed(slot + 1, plan.slots.length);
          return;
        }
        expect(next.at.slot).toBeGreaterThan(slot);
        passed(slot + 1, next.at.slot);
        const back = drive.do(go.back).state;
        if (back.at.slot === next.at.slot) passed(0, next.at.slot);
        else passed(back.at.slot + 1, next.at.slot);
      }),
    );
  });

  test("what can be seen is always worked out", () => {
    fc.assert(
      fc.property(plans, rides, (plan, ride) => {
        ridden(plan, ride, (drive) => {
          const now = snapshot(drive.frame, drive.state, drive.now);
          expect(now.sessionLeft).toBeGreaterThanOrEqual(0);
          for (const each of now.progress) expect(each.done).toBeLessThanOrEqual(1);
          for (const [n, slot] of plan.slots.entries()) {
            expect(choiceAt(slot, drive.state.run.slots[n]!.rung)).toBeDefined();
          }
        });
      }),
    );
  });
});
