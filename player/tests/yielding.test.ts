// SPDX-License-Identifier: Apache-2.0

import { describe, expect, test } from "vitest";
import { playedAt } from "../src/plan";
import { offer, resting } from "../src/resting";
import { snapshot } from "../src/snapshot";
import * as go from "../src/transitions";
import type { Reason, Timeline } from "../src/wire";
import * as yielding from "../src/yielding";
import { at, changed, Drive, hurt, jumpTo, leave, skip, swap, type Act } from "./drive";

const working = (slot: number, plan?: Timeline): Drive =>
  new Drive([], plan).do(go.start).do(jumpTo(slot)).until("work").wait(12);
const logged = (drive: Drive, from: number): unknown[] => drive.events.slice(from);

describe("a swap", () => {
  test.each<[number, Reason, string]>([
    [0, "no-space", "open-the-gate"],
    [0, "too-easy", "clam-feet-lifted"],
    [1, "not-today", "cushion-squeeze"],
    [2, "too-hard", "bridge"],
    [2, "too-easy", "single-leg-bridge"],
    [2, "no-space", "standing-march"],
  ])("in slot %i for %s puts %s there at once, and what was done is kept", (slot, reason, slug) => {
    const drive = working(slot);
    const count = drive.events.length;
    drive.do(swap(reason));
    expect(at(drive)).toBe(slug);
    expect(drive.state.phase.kind).toBe("get-ready");
    expect(drive.kinds(count)).toEqual(["done", "swapped"]);
    expect(drive.events.at(-1)).toMatchObject({ reason });
    drive.until("work").wait(3).do(go.hide);
    const rung = playedAt(drive.frame.timeline, drive.state.run, drive.state.at);
    expect(drive.events.at(-1)).toMatchObject({ type: "done", rung });
  });

  test("that the plan does not offer changes nothing", () => {
    const drive = working(1);
    const count = drive.events.length;
    drive.do(swap("no-kit")).do(swap("too-hard"));
    expect(drive.kinds(count)).toEqual([]);
  });

  test("from a rung that was chosen by hand leads further, never back to where it came from", () => {
    const drive = working(2).do((...now) => go.changeRung(...now, -1));
    expect(at(drive)).toBe("bridge");
    const { run, at: place } = drive.state;
    expect(offer(drive.frame.timeline, run, place, "too-hard")).toBeNull();
    drive.do(swap("too-easy")).do(swap("too-hard"));
    expect(at(drive)).toBe("bridge");
  });

  test("to a stand-in leaves nothing easier or harder, and the planned movement a step away", () => {
    const drive = working(0).do(swap("no-space"));
    const look = snapshot(drive.frame, drive.state, drive.now);
    expect(look).toMatchObject({ canEase: false, canHarden: false });
    expect(look.planned?.exercise).toBe("clam");
    drive.do(yielding.swapBack);
    expect(at(drive)).toBe("clam");
  });

  test("in the rest before an exercise is about the one to come", () => {
    const drive = working(0).do(jumpTo(1)).until("rest").until("work").until("rest");
    const before = drive.state.phase;
    drive.do(swap("not-today"));
    expect(drive.state.phase).toEqual(before);
    drive.do(swap("no-space"));
    expect(drive.state.run.slots[2]!.rung).toBe(4);
    expect(drive.state).toMatchObject({ at: { slot: 1 }, phase: { kind: "rest" } });
    drive.until("get-ready");
    expect(at(drive)).toBe("standing-march");
  });
});

describe("a skip", () => {
  test("keeps its reason and what was done, and goes on", () => {
    const drive = working(0).do(leave("no-kit"));
    expect(drive.state.at.slot).toBe(1);
    expect(drive.events.find(({ type }) => type === "skipped")).toMatchObject({ reason: "no-kit" });
    expect(drive.state.run.slots[0]!.bouts[0]).toMatchObject({ reps: 2, complete: false });
  });

  test("of the last exercise ends the run", () => {
    expect(working(2).do(leave("not-today")).state.phase.kind).toBe("end");
  });

  test("in the rest before the last exercise ends it too", () => {
    const drive = working(1).until("rest").until("work").until("rest").do(skip);
    expect(drive.state.phase.kind).toBe("end");
    expect(drive.state.run.slots[2]!.skipped).toBe(true);
  });
});

describe("pain in a knee", () => {
  test("of 5 or more takes the movement out and what stands ready in", () => {
    const drive = working(2);
    const count = drive.events.length;
    drive.do(hurt("left", 5));
    expect(logged(drive, count)).toMatchObject([
      { type: "done", slot: "bridge", rung: 1 },
      { type: "hurt", slot: "bridge", rung: 1, where: "left", pain: 5 },
      { type: "swapped", slot: "bridge", rung: 3, reason: "hurts" },
    ]);
    expect([...resting(drive.frame.timeline, drive.state.run)]).toEqual([
      "bridge-march",
      "single-leg-bridge",
    ]);
    drive.do((...now) => go.changeRung(...now, 1));
    expect(at(drive)).toBe("reverse-clam");
  });

  test("with nothing that stands ready goes on", () => {
    const plan = changed((each) => (each.slots[0]!.substitutes = {}));
    const drive = working(0, plan).do(hurt("right", 8));
    expect(drive.state).toMatchObject({ at: { slot: 1 }, phase: { kind: "get-ready" } });
    expect(drive.state.run.slots[0]!.skipped).toBe(true);
    // Nothing of it can be done any more: no way leads there.
    expect(drive.do(go.back).state.at.slot).toBe(1);
    expect(drive.do(jumpTo(0)).state.at.slot).toBe(1);
    expect(snapshot(drive.frame, drive.state, drive.now).progress[0]!.rests).toBe(true);
  });

  test("of a movement that stands in goes on with an easier rung where one is fine", () => {
    const drive = working(2).do(hurt("left", 5));
    expect(at(drive)).toBe("reverse-clam");
    drive.until("work").do(hurt("left", 6));
    expect(at(drive)).toBe("bridge");
    expect(drive.state.run.slots[2]).toMatchObject({ rung: 0, skipped: false });
  });

  test("of 3 or 4 goes a rung down", () => {
    const drive = working(2).do(hurt("left", 3));
    expect(at(drive)).toBe("bridge");
    expect(drive.events.at(-1)).toMatchObject({ type: "swapped", rung: 0, reason: "hurts" });
    expect(resting(drive.frame.timeline, drive.state.run).size).toBe(0);
  });

  test("of 3 or 4 on the lowest rung takes what stands ready", () => {
    expect(at(working(0).do(hurt("right", 4)))).toBe("prone-turned-out-lift");
  });

  test("of less is the person's to judge", () => {
    const drive = working(2);
    const phase = drive.state.phase;
    drive.do(hurt("left", 2));
    expect(at(drive)).toBe("bridge-march");
    expect(drive.state.phase).toEqual(phase);
    expect(drive.state.run.hurts).toEqual([{ slot: "bridge", rung: 1, where: "left", pain: 2 }]);
  });

  test("by the owner's own numbers", () => {
    const plan = changed((each) => (each.hurts = { step_down_from: 2, stop_from: 3 }));
    expect(at(working(2, plan).do(hurt("left", 2)))).toBe("bridge");
    expect(at(working(2, plan).do(hurt("left", 3)))).toBe("reverse-clam");
  });

  test("told in the rest after the last set spares what is still to come", () => {
    const plan = changed((each) => {
      const [clam, , bridge] = each.slots;
      bridge!.rungs = [...clam!.rungs];
      bridge!.start_rung = 1;
    });
    const drive = new Drive([], plan).do(go.start).do(jumpTo(0)).do(jumpTo(0));
    while (!(drive.state.at.bout === 3 && drive.state.phase.kind === "rest")) drive.wait(1);
    const count = drive.events.length;
    drive.do(hurt("left", 6));
    // The clam hurt, so the harder clam further on makes room; the rest goes on.
    expect(logged(drive, count)).toMatchObject([
      { type: "hurt", slot: "clam" },
      { type: "swapped", slot: "bridge", reason: "hurts" },
    ]);
    expect(drive.state.phase.kind).toBe("rest");
    expect(drive.state.run.slots[2]!.rung).toBe(2);
  });

  test("of one knee easier than the other is told of the movement that knee did", () => {
    const plan = changed((each) => {
      for (const bout of each.slots[2]!.bouts) bout.easier_by = 1;
      each.slots[2]!.bouts[1]!.easier_by = 0;
    });
    const drive = working(2, plan);
    expect(at(drive)).toBe("bridge");
    drive.do(hurt("left", 5));
    expect(drive.state.run.hurts[0]).toMatchObject({ rung: 0 });
    expect(at(drive)).toBe("reverse-clam");
  });
});

test("an exercise that was left before something hurt is come back to without it", () => {
  const plan = changed(({ slots }) => {
    slots[1] = { ...structuredClone(slots[2]!), id: "bridge-again" };
  });
  const drive = working(1, plan).do(skip).until("work").do(hurt("left", 6));
  expect(drive.state.run.slots[1]).toMatchObject({ rung: 1, skipped: true });
  drive.do(jumpTo(1));
  expect(at(drive)).toBe("bridge");
  expect(drive.events.at(-1)).toMatchObject({ type: "swapped", slot: "bridge-again", rung: 0 });
});

describe("pain elsewhere", () => {
  test("stops that movement and goes on to the next, with no number", () => {
    const drive = working(0).do(hurt("elsewhere", null));
    expect(drive.state).toMatchObject({ at: { slot: 1 }, phase: { kind: "get-ready" } });
    expect(drive.state.run.hurts[0]).toMatchObject({ where: "elsewhere", pain: null });
    expect(resting(drive.frame.timeline, drive.state.run).has("clam")).toBe(true);
  });

  test("in the last exercise ends the run", () => {
    expect(working(2).do(hurt("elsewhere", null)).state.phase.kind).toBe("end");
  });
});

describe("different knees", () => {
  const plan = changed((each) => {
    each.slots[0]!.start_rung = 1;
    for (const bout of each.slots[0]!.bouts) bout.easier_by = bout.side === "left" ? 1 : 0;
  });

  test("the sore side is done easier, the other as the slot stands", () => {
    const drive = new Drive([], plan).do(go.start).until("work");
    expect(at(drive)).toBe("clam");
    drive.until("switch");
    expect(at(drive)).toBe("clam-feet-lifted");
    expect(drive.state.run.slots[0]!.bouts[0]).toMatchObject({ rung: 0, reps: 10 });
  });

  test("harder and easier change what this side does, or are not there", () => {
    const left = new Drive([], plan).do(go.start).until("work");
    const look = snapshot(left.frame, left.state, left.now);
    expect(look).toMatchObject({ canEase: false, canHarden: false });
    const right = left.until("switch").until("work");
    expect(snapshot(right.frame, right.state, right.now).canEase).toBe(true);
  });

  test("what stands in is the same for both", () => {
    const drive = new Drive([], plan).do(go.start).until("work").do(swap("no-space"));
    expect(at(drive)).toBe("open-the-gate");
    expect(at(drive.until("switch"))).toBe("open-the-gate");
  });

  test("where the easier side hurts, both leave what rests", () => {
    const drive = new Drive([], plan).do(go.start).until("work").do(hurt("left", 7));
    expect(at(drive)).toBe("prone-turned-out-lift");
    expect(at(drive.until("switch"))).toBe("prone-turned-out-lift");
  });
});

describe("a rating", () => {
  const rating = { pain_left: 2, pain_right: null, effort: 5, note: "Kinder than Monday." };
  const rate: Act = (...now) => yielding.rate(...now, rating);

  test("belongs to the end, and may be told again", () => {
    const drive = working(0).do(rate);
    expect(drive.state.run.rating).toBeNull();
    drive.do(go.endNow).do(rate);
    expect(drive.state.run).toMatchObject({ status: "finished", rating });
    drive.do((...now) => yielding.rate(...now, { ...rating, effort: 6 }));
    expect(drive.state.run.rating?.effort).toBe(6);
    expect(drive.state.phase.kind).toBe("end");
  });
});

test("a page that was lost between the pain and what follows from it comes back to neither", () => {
  const before = working(2);
  const hurtAlone = before.do(hurt("left", 6)).events.filter(({ type }) => type !== "swapped");
  const drive = new Drive(hurtAlone).do(go.start).until("work");
  expect(at(drive)).not.toBe("bridge-march");
  const all = resting(drive.frame.timeline, drive.state.run);
  expect(all.has(at(drive))).toBe(false);
});

test("another device's pain takes the movement out here, too", () => {
  const here = working(2);
  const theirs = {
    ...working(2)
      .do(hurt("left", 6))
      .events.find(({ type }) => type === "hurt")!,
    device: "bbbbbbbb-0000-4000-8000-000000000002",
    id: "bbbbbbbb-0000-4000-8000-000000000009",
    seq: 40,
  };
  here.do((f, s, now) => go.absorb(f, s, now, [...here.events, theirs]));
  expect(at(here)).toBe("bridge");
  expect(here.state).toMatchObject({ paused: true, notice: "other-device" });
});
