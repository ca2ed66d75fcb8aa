// SPDX-License-Identifier: Apache-2.0

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { moments, type Moment } from "../src/moments";
import { motionAt, snapshot, type Snapshot } from "../src/snapshot";
import { summaryOf } from "../src/summary";
import * as go from "../src/transitions";
import { Drive, skip } from "./drive";

const look = (drive: Drive): Snapshot => snapshot(drive.frame, drive.state, drive.now);
const jumpTo =
  (slot: number): Parameters<Drive["do"]>[0] =>
  (f, s, now) =>
    go.jump(f, s, now, slot);
const working = (): Drive => new Drive().do(go.start).until("work");

describe("repetitions", () => {
  test("are counted by tempo, with the stretch and what is left of it", () => {
    const now = look(working().wait(12));
    expect(now.motion).toEqual({ stretch: 1, fraction: 0, reps: 2 });
    expect(now.here.rung.work.phases[now.motion.stretch]!.cue).toBe("Hold");
    expect(now.secondsLeft).toBe(38);
    expect(now.fraction).toBeCloseTo(0.24);
  });

  test("a movement passes through its stretches in order and comes round", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lengths, fc.nat(500), (each, tenths) => {
        const { stretch, fraction, reps } = motionAt(each, tenths / 10);
        const cycle = each.reduce((sum, length) => sum + length, 0);
        const before = each.slice(0, stretch).reduce((sum, length) => sum + length, 0);
        expect(reps * cycle + before + fraction * each[stretch]!).toBeCloseTo(tenths / 10);
        expect(fraction).toBeGreaterThanOrEqual(0);
        expect(fraction).toBeLessThan(1);
      }),
    );
  });
});

describe("a hold", () => {
  const holding = (): Drive => new Drive().do(go.start).do(jumpTo(1)).until("work");

  test("counts down only while it is held", () => {
    expect(look(holding().wait(1)).secondsLeft).toBe(20);
    expect(look(holding().wait(2)).secondsLeft).toBe(20);
    expect(look(holding().wait(12)).secondsLeft).toBe(10);
    expect(look(holding().wait(22)).secondsLeft).toBe(0);
    expect(look(holding().wait(23)).secondsLeft).toBe(0);
  });

  test("is shown shorter than it is held", () => {
    const ready = look(new Drive().do(go.start).do(jumpTo(1)).wait(6));
    expect(ready.motion.stretch).toBe(2);
  });
});

describe("what is left of the session", () => {
  test("falls second by second to nothing", () => {
    const drive = new Drive();
    const all = look(drive).sessionLeft;
    expect(all).toBe(drive.frame.timeline.seconds);
    drive.do(go.start);
    const began = drive.now;
    while (drive.state.phase.kind !== "end") {
      expect(look(drive).sessionLeft).toBeCloseTo(all - (drive.now - began) / 1000);
      drive.sleep(7.3);
    }
    expect(look(drive).sessionLeft).toBe(0);
  });

  test("leaves out what is skipped and counts what was added", () => {
    const drive = working();
    const before = look(drive).sessionLeft;
    expect(look(drive.do(go.addRest)).sessionLeft).toBe(before + 15 + 10);
    drive.do(skip);
    expect(look(drive).sessionLeft).toBeLessThan(before / 1.5);
  });
});

describe("what can be done", () => {
  test("easier and harder only where a rung is there and work is left", () => {
    expect(look(working())).toMatchObject({ canEase: false, canHarden: true });
    const bridge = new Drive().do(go.start).do(jumpTo(2));
    expect(look(bridge)).toMatchObject({ canEase: true, canHarden: true });
    const squeeze = new Drive().do(go.start).do(jumpTo(1)).until("rest").until("work");
    expect(look(squeeze.until("rest"))).toMatchObject({ canEase: false, canHarden: false });
  });

  test("a skip is about the bout at hand, in a rest about the one to come", () => {
    expect(look(new Drive()).subject).toBeNull();
    expect(look(working()).subject?.place).toEqual({ slot: 0, bout: 0 });
    const squeeze = new Drive().do(go.start).do(jumpTo(1)).until("rest");
    expect(look(squeeze).subject?.place).toEqual({ slot: 1, bout: 1 });
    expect(look(squeeze.until("work").until("rest")).subject?.place).toEqual({ slot: 2, bout: 0 });
    expect(look(squeeze.do(go.endNow)).subject).toBeNull();
  });

  test("the rest shows what comes next", () => {
    const rest = look(new Drive().do(go.start).do(jumpTo(1)).until("rest"));
    expect(rest.next?.place).toEqual({ slot: 1, bout: 1 });
    expect(rest.shown).toBe(rest.next);
  });
});

/** All moments of a drive, looked at four times a second. */
function told(drive: Drive, seconds: number): Moment[] {
  const found: Moment[] = [];
  let before = look(drive);
  for (let quarter = 0; quarter < seconds * 4; quarter += 1) {
    const count = drive.events.length;
    drive.sleep(0.25);
    const now = look(drive);
    found.push(...moments(before, now, drive.events.slice(count)));
    before = now;
  }
  return found;
}

describe("moments", () => {
  test("three ticks, then go; each repetition once; halfway; the switch", () => {
    const drive = new Drive().do(go.start);
    expect(told(drive, 10)).toEqual(["tick", "tick", "tick", "go"]);
    const reps = Array.from({ length: 9 }, () => "rep");
    expect(told(drive, 50)).toEqual([
      ...reps.slice(0, 5),
      "halfway",
      ...reps.slice(5),
      "set-done",
      "switch",
    ]);
  });

  test("a hold has its half, a rest its ticks", () => {
    const drive = new Drive().do(go.start).do(jumpTo(1)).until("work");
    expect(told(drive, 24)).toEqual(["halfway", "set-done", "rest"]);
    expect(told(drive, 20)).toEqual(["tick", "tick", "tick", "get-ready"]);
  });

  test("nothing ticks while paused", () => {
    expect(told(new Drive().do(go.start).wait(7).do(go.pause), 20)).toEqual([]);
  });
});

describe("the summary", () => {
  test("counts sets, repetitions and held seconds, whole and in part", () => {
    const drive = new Drive().do(go.start).until("switch").until("work").wait(17);
    drive.do(jumpTo(1)).until("rest").do(go.endNow);
    const summary = summaryOf(look(drive).progress);
    expect(summary.exercises).toEqual([
      { name: "Clam", sets: 0, reps: 13, heldSeconds: 0 },
      { name: "Prone heel squeeze", sets: 1, reps: 0, heldSeconds: 20 },
    ]);
    expect(summary).toMatchObject({ sets: 1, seconds: 50 + 17 + 24 });
    expect(summary.left.map(({ slot }) => slot)).toEqual([0, 1, 2]);
  });

  test("of a whole session leaves nothing out", () => {
    const summary = summaryOf(look(new Drive().do(go.start).until("end")).progress);
    expect(summary.left).toEqual([]);
    expect(summary.sets).toBe(6);
  });

  test("of nothing is empty", () => {
    expect(summaryOf(look(new Drive().do(go.start).do(go.endNow)).progress)).toMatchObject({
      seconds: 0,
      exercises: [],
    });
  });
});
