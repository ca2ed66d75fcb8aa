// SPDX-License-Identifier: Apache-2.0

import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { spent } from "../src/clock";
import { fold } from "../src/fold";
import { read } from "../src/read";
import type { Phase, State } from "../src/state";
import * as go from "../src/transitions";
import { shapeOf } from "../src/wire";
import { Drive, skip } from "./drive";

const rung = (by: 1 | -1) => (f: Drive["frame"], s: State, now: number) =>
  go.changeRung(f, s, now, by);
const jumpTo = (slot: number) => (f: Drive["frame"], s: State, now: number) =>
  go.jump(f, s, now, slot);

/** One drive standing in each phase, in the middle slot where the phase allows. */
const PHASES: Record<string, () => Drive> = {
  "get-ready": () => new Drive().do(go.start).do(jumpTo(1)).wait(2),
  hold: () => new Drive().do(go.start).do(jumpTo(1)).until("work").wait(5),
  rest: () => new Drive().do(go.start).do(jumpTo(1)).until("rest").wait(2),
  "rest before the next exercise": () =>
    new Drive().do(go.start).do(jumpTo(1)).until("rest").until("work").until("rest").wait(1),
  "rest put in": () => new Drive().do(go.start).do(jumpTo(1)).until("work").wait(5).do(go.addRest),
};
const PAUSED = Object.fromEntries(
  Object.entries(PHASES).map(([name, make]) => [`${name}, paused`, () => make().do(go.pause)]),
);
const EVERYWHERE = Object.entries({ ...PHASES, ...PAUSED });

describe.each(EVERYWHERE)("from %s", (name, make) => {
  test("forward comes to the next exercise and back to the previous one", () => {
    expect(make().do(go.next).state).toMatchObject({
      at: { slot: 2, bout: 0 },
      phase: { kind: "get-ready" },
    });
    expect(make().do(go.back).state).toMatchObject({
      at: { slot: 0, bout: 0 },
      phase: { kind: "get-ready" },
    });
  });

  test("a jump comes anywhere, and pausing stays as it was", () => {
    for (const slot of [0, 1, 2]) {
      const { state } = make().do(jumpTo(slot));
      expect(state.at.slot).toBe(slot);
      expect(state.paused).toBe(name.endsWith("paused"));
    }
  });

  test("what was done is kept", () => {
    const drive = make();
    const before = drive.state.run.slots[1]!.bouts;
    drive.do(go.next).do(go.back);
    drive.state.run.slots[1]!.bouts.forEach((bout, index) => {
      expect(bout.seconds).toBeGreaterThanOrEqual(before[index]!.seconds);
      expect(bout.complete).toBe(before[index]!.complete);
    });
  });

  test("skip goes on without a word about it", () => {
    const drive = make().do(skip);
    if (name.startsWith("rest before")) expect(drive.state.at.slot).toBe(1);
    else expect(drive.state).toMatchObject({ at: { slot: 2 }, phase: { kind: "get-ready" } });
  });
});

describe("from the sided exercise", () => {
  const working = (): Drive => new Drive().do(go.start).until("work");

  test("work comes after the count, then the switch, then the other side", () => {
    const drive = working();
    expect(drive.now - drive.state.clock.since!).toBe(0);
    drive.until("switch");
    expect(drive.state.at).toEqual({ slot: 0, bout: 1 });
    expect(drive.state.run.slots[0]!.bouts[0]).toMatchObject({ reps: 10, complete: true });
    expect(drive.do(go.next).state.at.slot).toBe(1);
    expect(drive.do(go.back).state.at).toEqual({ slot: 0, bout: 1 });
  });

  test("part of a set is kept, and carried on when coming back", () => {
    const drive = working().wait(27).do(go.next);
    expect(drive.state.run.slots[0]!.bouts[0]).toMatchObject({
      reps: 5,
      seconds: 27,
      complete: false,
    });
    drive.do(go.back).until("work");
    expect(spent(drive.state.clock, drive.now)).toBe(25_000);
    drive.until("switch");
    expect(drive.state.run.slots[0]!.bouts[0]).toMatchObject({ reps: 10, complete: true });
  });

  test("again begins the set at its start and keeps the larger report", () => {
    const drive = working().wait(27).do(go.again).until("work");
    expect(spent(drive.state.clock, drive.now)).toBe(0);
    drive.wait(7).do(go.next);
    expect(drive.state.run.slots[0]!.bouts[0]).toMatchObject({ reps: 5, complete: false });
  });

  test("harder starts the set afresh at the next rung; beyond the last nothing happens", () => {
    const drive = working().wait(12).do(rung(1));
    expect(drive.state).toMatchObject({ at: { slot: 0, bout: 0 }, phase: { kind: "get-ready" } });
    expect(drive.state.run.slots[0]!.rung).toBe(1);
    drive.until("work");
    expect(spent(drive.state.clock, drive.now)).toBe(0);
    const count = drive.events.length;
    drive.do(rung(1));
    expect(drive.kinds(count)).toEqual([]);
  });

  test("less work at another rung is logged too, beside the larger report that is shown", () => {
    const drive = working().wait(27).do(rung(1)).until("work").wait(16);
    const count = drive.events.length;
    drive.do(go.next);
    expect(drive.events.slice(count)).toMatchObject([
      { type: "done", bout: 0, rung: 1, reps: 3, complete: false },
      { type: "moved" },
    ]);
    expect(drive.state.run.slots[0]!.bouts[0]).toMatchObject({ rung: 0, reps: 5 });
  });

  test("slower takes twice the time and counts the same repetitions", () => {
    const drive = working().do((f, s, now) => go.changePace(f, s, now, 0.5));
    drive.wait(20).do(go.hide);
    expect(drive.state.run.slots[0]!.bouts[0]).toMatchObject({ reps: 2, seconds: 20 });
  });

  test("rest in the midst of a set comes back to the same repetition", () => {
    const drive = working().wait(27).do(go.addRest);
    expect(drive.state.phase).toMatchObject({ kind: "rest", seconds: 15, midway: true });
    drive.do(go.addRest);
    expect(drive.state.phase).toMatchObject({ seconds: 30 });
    expect(drive.state.run.slots[0]!.bouts[0]!.rest_added_s).toBe(30);
    drive.wait(31).until("work");
    expect(spent(drive.state.clock, drive.now)).toBe(25_000);
  });
});

describe("the ends", () => {
  test("back at the first exercise stays there, forward at the last one ends", () => {
    const drive = new Drive().do(go.start).do(go.back);
    expect(drive.state.at.slot).toBe(0);
    drive.do(jumpTo(2)).do(go.next);
    expect(drive.state.phase.kind).toBe("end");
    expect(drive.state.run.status).toBe("finished");
  });

  test("back from the end opens the last exercise again", () => {
    const drive = new Drive().do(go.start).do(jumpTo(2)).do(go.next).do(go.back);
    expect(drive.state).toMatchObject({ at: { slot: 2 }, run: { status: "running" } });
  });

  test("left alone, the whole session plays to its end as planned", () => {
    const drive = new Drive().do(go.start).until("end");
    const began = Date.parse(drive.events[0]!.at);
    expect((Date.parse(drive.events.at(-1)!.at) - began) / 1000).toBe(drive.frame.timeline.seconds);
    expect(drive.state.run.slots.flatMap(({ bouts }) => bouts).every((b) => b.complete)).toBe(true);
  });

  test("going on by itself passes over what is skipped or done, not over what is open", () => {
    const drive = new Drive().do(go.start).do(jumpTo(1)).do(skip).do(jumpTo(0));
    drive.until("rest").until("work").until("rest");
    while (drive.state.at.slot === 0) drive.wait(1);
    expect(drive.state.at.slot).toBe(2);
    expect(drive.state.run.slots[1]!.skipped).toBe(true);
  });
});

test.each<[number, string]>([
  [600, "2026-11-22T13:05:00.123-10:00"],
  [0, "2026-11-22T23:05:00.123+00:00"],
  [-345, "2026-11-23T04:50:00.123+05:45"],
])("an event %i minutes behind tells the person's own day", (behind, told) => {
  vi.spyOn(Date.prototype, "getTimezoneOffset").mockReturnValue(behind);
  const drive = new Drive();
  drive.now = Date.parse("2026-11-22T23:05:00.123Z");
  drive.do(go.start);
  vi.restoreAllMocks();
  expect(drive.events[0]!.at).toBe(told);
  expect(Date.parse(told)).toBe(drive.now);
  expect(read(shapeOf(drive.frame.timeline), drive.events).problems).toEqual([]);
});

describe("time nobody saw", () => {
  test("a short sleep is caught up with, phase by phase", () => {
    const drive = new Drive().do(go.start).until("work").sleep(53);
    expect(drive.state.phase.kind).toBe("switch");
    expect(spent(drive.state.clock, drive.now)).toBe(3000);
    expect(Date.parse(drive.events.at(-1)!.at)).toBe(drive.now - 3000);
  });

  test("a long one takes the work that had begun as done, and the rest after it as rested", () => {
    const drive = new Drive().do(go.start).until("switch").until("work").wait(10).sleep(62);
    expect(drive.state).toMatchObject({ paused: false, phase: { kind: "get-ready" } });
    expect(drive.state.run.slots[0]!.bouts[1]).toMatchObject({ reps: 10, complete: true });
  });

  test("over work that had not begun the player stands where it was last seen", () => {
    const drive = new Drive().do(go.start).until("work").wait(12);
    const count = drive.events.length;
    drive.sleep(3600);
    expect(drive.state).toMatchObject({ paused: true, notice: "away", at: { slot: 0, bout: 0 } });
    expect(spent(drive.state.clock, drive.now)).toBe(12_000);
    expect(drive.kinds(count)).toEqual(["paused"]);
    drive.do(go.resume).wait(3);
    expect(drive.state).toMatchObject({ paused: false, notice: null });
    expect(spent(drive.state.clock, drive.now)).toBe(15_000);
  });

  test.each<[string, () => Drive]>([
    ["the rest", () => new Drive().do(go.start).do(jumpTo(2)).until("rest").wait(1)],
    ["the count", () => new Drive().do(go.start).do(jumpTo(2)).until("rest").until("get-ready")],
    [
      "the turn",
      () => {
        const drive = new Drive().do(go.start).do(jumpTo(1)).do(skip).do(skip);
        return drive.do(jumpTo(0)).until("rest").until("switch");
      },
    ],
  ])("in %s before work, the run claims nothing of it and does not end", (_, make) => {
    const drive = make();
    const [count, { at, phase, run }] = [drive.events.length, drive.state];
    drive.sleep(3 * 3600);
    expect(drive.state).toMatchObject({ paused: true, notice: "away", at, phase });
    expect(drive.state.run.slots).toEqual(run.slots);
    expect(drive.kinds(count)).toEqual(["paused"]);
  });

  test("a clock set back takes nothing away", () => {
    const drive = new Drive().do(go.start).until("work").wait(12);
    drive.sleep(-3600);
    expect(drive.state.phase.kind).toBe("work");
  });

  test("paused, it may sleep for days", () => {
    const drive = new Drive().do(go.start).until("work").wait(12).do(go.pause).sleep(200_000);
    expect(drive.do(go.resume).state.notice).toBeNull();
    expect(spent(drive.state.clock, drive.now)).toBe(12_000);
  });
});

describe("carrying on", () => {
  const reload = (drive: Drive): Drive => new Drive(drive.events);

  test("a reload in the midst of work comes back to the same set and repetition", () => {
    const before = new Drive().do(go.start).until("switch").until("work").wait(16).do(go.hide);
    const after = reload(before);
    expect(after.state).toMatchObject({ phase: { kind: "intro" }, at: { slot: 0, bout: 1 } });
    after.do(go.start).until("work");
    expect(spent(after.state.clock, after.now)).toBe(15_000);
    expect(after.kinds(before.events.length)).toEqual([]);
  });

  test("a reload in the rest goes on after it", () => {
    const after = reload(new Drive().do(go.start).until("rest"));
    expect(after.state.at).toEqual({ slot: 0, bout: 2 });
    expect(after.do(go.start).state.run.position).toMatchObject({ bout: 2, worked: false });
  });

  test("a pause keeps what was done, should the page never come back", () => {
    const before = new Drive().do(go.start).until("work").wait(16).do(go.pause);
    expect(before.state.run.slots[0]!.bouts[0]).toMatchObject({ reps: 3, complete: false });
    expect(
      before
        .do(go.pause)
        .kinds()
        .filter((kind) => kind === "done"),
    ).toHaveLength(1);
  });

  test("a run paused or ended elsewhere opens so", () => {
    const paused = reload(new Drive().do(go.start).do(go.pause)).do(go.start);
    expect(paused.state.run.status).toBe("running");
    expect(reload(new Drive().do(go.start).do(go.endNow)).state.phase.kind).toBe("end");
  });

  test("another device's move stands this one still; carrying on here brings the run back", () => {
    const here = new Drive().do(go.start).until("work").wait(7);
    const theirs = {
      ...new Drive().do(go.start).do(jumpTo(2)).events.at(-1)!,
      device: "bbbbbbbb-0000-4000-8000-000000000002",
      id: "bbbbbbbb-0000-4000-8000-000000000009",
      seq: 40,
    };
    here.do((f, s, now) => go.absorb(f, s, now, [...here.events, theirs]));
    here.events.push(theirs);
    expect(here.state).toMatchObject({ paused: true, notice: "other-device", at: { slot: 0 } });
    here.do(go.resume);
    expect(here.state.run.position.slot).toBe("clam");
    expect(here.events.at(-1)!.seq).toBeGreaterThan(40);
  });
});

describe("another tab", () => {
  /** A tab that gave way at the first exercise, with what the other tab logged from there on. */
  const gaveWay = (other: (drive: Drive) => Drive): Drive => {
    const here = new Drive().do(go.start).until("work").wait(12).do(go.giveWay);
    const there = other(new Drive(here.events));
    const all = there.events.map((event, n) =>
      n < here.events.length ? event : { ...event, id: event.id.replace(/^0/, "b") },
    );
    here.do((f, s, now) => go.absorb(f, s, now, all));
    here.events.splice(0, Infinity, ...all);
    here.now = there.now;
    return here;
  };

  test("that played on is followed to where it left the run", () => {
    const drive = gaveWay((other) => other.do(go.start).do(jumpTo(2)).until("work").wait(14));
    expect(drive.state).toMatchObject({ paused: true, notice: "other-tab", at: { slot: 0 } });
    const count = drive.events.length;
    drive.do(go.resume);
    expect(drive.state).toMatchObject({
      at: { slot: 2, bout: 0 },
      phase: { kind: "get-ready" },
      paused: false,
      notice: null,
    });
    expect(drive.kinds(count)).toEqual(["resumed"]);
  });

  test("that stopped after a bout is followed to the next one", () => {
    const drive = gaveWay((other) => other.do(go.start).until("rest"));
    const count = drive.events.length;
    expect(drive.do(go.resume).state.at).toEqual({ slot: 0, bout: 2 });
    expect(drive.kinds(count)).toEqual(["resumed", "moved"]);
  });

  test("that ended the run leaves nothing to go on with", () => {
    const drive = gaveWay((other) => other.do(go.start).do(go.endNow));
    const count = drive.events.length;
    expect(drive.do(go.resume).state).toMatchObject({ phase: { kind: "end" }, paused: false });
    expect(drive.kinds(count)).toEqual([]);
  });
});

const actions = fc.oneof(
  fc.constantFrom(
    go.start,
    go.pause,
    go.resume,
    go.next,
    go.back,
    go.again,
    skip,
    go.endNow,
    go.addRest,
    go.hide,
  ),
  fc.constantFrom<1 | -1>(-1, 1).map(rung),
  fc.nat(2).map(jumpTo),
);
const rides = fc.array(fc.tuple(actions, fc.nat(90)), { maxLength: 40 });

describe("laws of every ride", () => {
  test("the state holds the fold of its events, each well-formed and numbered upwards", () => {
    fc.assert(
      fc.property(rides, (ride) => {
        const drive = new Drive();
        for (const [act, seconds] of ride) drive.do(act).sleep(seconds);
        const shape = shapeOf(drive.frame.timeline);
        expect(read(shape, drive.events).problems).toEqual([]);
        expect(fold(shape, drive.events)).toEqual(drive.state.run);
        expect(drive.events.map(({ seq }) => seq)).toEqual(drive.events.map((_, n) => n + 1));
        const isStill = ["intro", "end"].includes(drive.state.phase.kind);
        if (!isStill) expect(drive.state.run.status === "paused").toBe(drive.state.paused);
      }),
    );
  });

  test("looking often or seldom tells the same time", () => {
    fc.assert(
      fc.property(rides, fc.integer({ min: 1, max: 59 }), (ride, gap) => {
        const [often, seldom] = [new Drive(), new Drive()];
        for (const [act] of ride) {
          often.do(act).wait(gap);
          seldom.do(act).sleep(gap);
        }
        expect({ ...seldom.state, run: null }).toEqual({ ...often.state, run: null });
        expect(seldom.kinds()).toEqual(often.kinds());
      }),
    );
  });

  test("the run opened again stands where it stood", () => {
    const isPlaying = (phase: Phase): boolean => !["intro", "end", "rest"].includes(phase.kind);
    fc.assert(
      fc.property(rides, (ride) => {
        const drive = new Drive();
        for (const [act, seconds] of ride) drive.do(act).sleep(seconds);
        const again = new Drive(drive.events);
        if (isPlaying(drive.state.phase)) expect(again.state.at).toEqual(drive.state.at);
      }),
    );
  });
});
