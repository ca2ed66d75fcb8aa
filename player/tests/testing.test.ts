// SPDX-License-Identifier: Apache-2.0
// Tests of the sides: what is measured, what is logged of it, and how they end.

import { describe, expect, test } from "vitest";
import { sentence } from "../src/announce";
import { moments } from "../src/moments";
import { resultsOf } from "../src/results";
import { snapshot, type Snapshot } from "../src/snapshot";
import { counting, testVerb } from "../src/testing";
import * as go from "../src/transitions";
import { end } from "../src/view/end";
import { panel } from "../src/view/panel";
import { resultSaid } from "../src/view/results";
import { sideControls } from "../src/view/controls";
import { beats } from "../src/voice-beats";
import { lines } from "../src/voice";
import { textOf } from "../src/voice-line";
import type { RunEvent, Timeline } from "../src/wire";
import { Drive, hurt, jumpTo, leave } from "./drive";
import { text } from "./markup";
import { model } from "./model";
import { sides, WAY_IN_S } from "./sides";

const begun = (plan: Timeline = sides()): Drive => new Drive([], plan).do(go.start);
const held = (seconds: number): Drive =>
  begun()
    .until("work")
    .wait(WAY_IN_S + seconds);
const counting30 = (): Drive => begun().do(jumpTo(1)).until("work");
const seen = (drive: Drive): Snapshot => snapshot(drive.frame, drive.state, drive.now);
const done = (drive: Drive): (RunEvent & { type: "done" })[] =>
  drive.events.filter((event) => event.type === "done");
const tap = (drive: Drive, times: number): Drive => {
  for (let n = 0; n < times; n += 1) drive.do(counting(1)).wait(0.5);
  return drive;
};

describe("a hold that is measured", () => {
  test("counts upwards once one is there, and is logged without the way in", () => {
    const drive = begun().until("work").wait(1);
    expect(seen(drive).test).toEqual({ kind: "hold", score: 0, best: null });
    drive.wait(24.4);
    expect(seen(drive).test?.score).toBe(23);
    drive.do(go.stop);
    expect(drive.state.phase).toEqual({ kind: "result", reps: 1, seconds: 23.4 });
    expect(done(drive)).toMatchObject([
      { slot: "side-hold", bout: 0, reps: 1, seconds: 23.4, complete: true },
    ]);
    expect(text(panel(model(drive)))).toContain("23 seconds");
  });

  test("ends by itself at its longest", () => {
    const drive = held(60);
    expect(drive.state.phase.kind).toBe("result");
    expect(done(drive)).toMatchObject([{ seconds: 45, complete: true }]);
  });

  test("let go before it was held it begins anew, and nothing is logged", () => {
    const drive = begun().until("work").wait(WAY_IN_S).do(go.stop);
    expect(drive.state.phase.kind).toBe("get-ready");
    expect(done(drive)).toEqual([]);
  });

  test("the result stands until one goes on, and a late tap does not take it away", () => {
    const drive = held(20).do(go.stop).do(go.confirm);
    expect(drive.state.phase.kind).toBe("result");
    drive.wait(300).do(go.confirm);
    expect(drive.state.phase.kind).toBe("rest");
    drive.until("switch").until("work");
    expect(seen(drive).here.side).toBe("right");
  });

  test("again keeps the best", () => {
    const drive = held(20)
      .do(go.stop)
      .wait(2)
      .do(go.again)
      .until("work")
      .wait(WAY_IN_S + 12);
    expect(seen(drive).test).toEqual({ kind: "hold", score: 12, best: 20 });
    drive.do(go.stop);
    expect(drive.state.run.slots[0]?.bouts[0]).toMatchObject({ seconds: 20, complete: true });
    expect(text(panel(model(drive)))).toContain("Your best here: 20 seconds.");
    drive
      .wait(2)
      .do(go.again)
      .until("work")
      .wait(WAY_IN_S + 31)
      .do(go.stop);
    expect(drive.state.run.slots[0]?.bouts[0]).toMatchObject({ seconds: 31, complete: true });
  });

  test("what was interrupted is no result: it begins again", () => {
    const drive = held(15).do(go.pause);
    expect(done(drive)).toMatchObject([{ reps: 0, seconds: 15, complete: false }]);
    drive.wait(5).do(go.resume);
    expect(drive.state.phase.kind).toBe("get-ready");
    drive
      .until("work")
      .wait(WAY_IN_S + 8)
      .do(go.stop);
    expect(drive.state.run.slots[0]?.bouts[0]).toMatchObject({ seconds: 8, complete: true });
  });

  test("what nobody looked at is no result", () => {
    const drive = held(5).sleep(120);
    expect(drive.state).toMatchObject({ paused: true, notice: "away" });
    expect(done(drive).every(({ complete }) => !complete)).toBe(true);
  });
});

describe("a count", () => {
  test("tells each repetition, takes one back, and may be put right at the end", () => {
    const drive = tap(counting30(), 12).do(counting(-1));
    expect(seen(drive).test).toEqual({ kind: "count", score: 11, best: null });
    drive.until("result");
    expect(done(drive)).toMatchObject([{ reps: 11, complete: false }]);
    drive.do(counting(1)).do(counting(1)).do(counting(-1)).wait(2).do(go.confirm);
    expect(done(drive).at(-1)).toMatchObject({ reps: 12, seconds: 30, complete: true });
    expect(drive.state.phase.kind).toBe("end");
  });

  test("put right to fewer, the fewer count", () => {
    const drive = tap(counting30(), 12).until("result");
    drive.do(counting(-1)).do(counting(-1)).wait(2).do(go.confirm);
    expect(drive.state.run.slots[1]?.bouts[0]).toMatchObject({ reps: 10, complete: true });
  });

  test("never goes below none", () => {
    expect(seen(counting30().do(counting(-1))).test?.score).toBe(0);
  });

  test("whoever goes elsewhere takes the number as it stands", () => {
    const drive = tap(counting30(), 9).until("result").do(go.again);
    expect(drive.state.run.slots[1]?.bouts[0]).toMatchObject({ reps: 9, complete: true });
    expect(drive.state.phase.kind).toBe("get-ready");
    tap(drive.until("work"), 4).until("result").do(go.endNow);
    expect(drive.state.run.slots[1]?.bouts[0]).toMatchObject({ reps: 9, complete: true });
  });

  test("the figure goes on repeating while nobody taps", () => {
    const drive = counting30().wait(13);
    expect(seen(drive).motion).toMatchObject({ stretch: 1, reps: 0 });
    expect(seen(drive).secondsLeft).toBe(17);
  });
});

describe("nothing of a test is easier, harder or swapped", () => {
  test("no button changes it; pain and skip are there", () => {
    const drive = held(3);
    expect(seen(drive)).toMatchObject({ canEase: false, canHarden: false });
    const shown = text(sideControls(model(drive)));
    expect(shown).not.toMatch(/Easier|Harder|swap/);
    expect(shown).toMatch(/Again.*It hurts.*Skip/);
  });

  test("skipping ends it on that side, and the other side comes", () => {
    const drive = held(3).do(leave("not-today"));
    expect(drive.events.slice(-2)).toMatchObject([
      { type: "skipped", slot: "side-hold", reason: "not-today" },
      { type: "moved", slot: "side-hold", bout: 1 },
    ]);
    drive.do(leave("not-today"));
    expect(drive.state.at).toEqual({ slot: 1, bout: 0 });
    expect(drive.state.run.slots[0]?.skipped).toBe(true);
  });

  test.each([1, 3, 4])("pain of %i ends it on that side", (pain) => {
    const drive = held(6).do(hurt("left", pain));
    expect(drive.state.at).toEqual({ slot: 0, bout: 1 });
    expect(drive.events.some(({ type }) => type === "swapped")).toBe(false);
    expect(drive.state.run.slots[0]?.bouts[0]).toMatchObject({ complete: false, seconds: 6 });
  });

  test("severe pain ends it on both", () => {
    const drive = held(6).do(hurt("left", 6));
    expect(drive.state.at).toEqual({ slot: 1, bout: 0 });
    expect(drive.state.run.slots[0]?.skipped).toBe(true);
  });
});

describe("what is said and heard", () => {
  test("the button says what it does", () => {
    expect(testVerb(seen(begun()))).toBeNull();
    expect(testVerb(seen(held(3)))).toBe("stop");
    expect(testVerb(seen(held(3).do(go.stop)))).toBe("confirm");
    expect(testVerb(seen(counting30()))).toBe("count");
    expect(testVerb(seen(counting30().do(go.pause)))).toBeNull();
  });

  test("a result is told to those who listen, aloud and in the live region", () => {
    const drive = held(23);
    const before = seen(drive);
    const from = drive.events.length;
    drive.do(go.stop);
    const happened = moments(before, seen(drive), drive.events.slice(from));
    expect(happened).toContain("result");
    expect(sentence("result", seen(drive))).toContain("23 seconds.");
    const told = lines("result", { now: seen(drive), length: "full", told: new Set() });
    expect(told.map(textOf).join(" ")).toContain("23 seconds.");
  });

  test("each ten seconds of a hold are told, and each repetition of a count", () => {
    const hold = held(9.5);
    const nine = seen(hold);
    expect(beats(nine, seen(hold.wait(1)), [])).toEqual(["held"]);
    const count = counting30().wait(2);
    const none = seen(count);
    expect(beats(none, seen(count.do(counting(1))), [])).toEqual(["count"]);
    const late = count.wait(25.5);
    expect(beats(seen(late), seen(late.wait(1)), [])).toEqual(["second"]);
  });
});

describe("at the end", () => {
  test("left and right stand side by side in words", () => {
    const drive = held(24).do(go.stop).wait(2).do(go.confirm);
    drive
      .until("work")
      .wait(WAY_IN_S + 31)
      .do(go.stop)
      .wait(2)
      .do(go.confirm)
      .until("work");
    tap(drive, 14).until("result").wait(2).do(go.confirm);
    const found = resultsOf(seen(drive).progress);
    expect(found.map(resultSaid)).toEqual(["Left 24 s, right 31 s", "14 repetitions"]);
    expect(text(end(model(drive)))).toMatch(/Your results Side leg hold Left 24 s, right 31 s/);
  });

  test("what was left out is not tested, and no number is made up", () => {
    const drive = held(5).do(leave("not-today")).until("work");
    drive
      .wait(WAY_IN_S + 9)
      .do(go.stop)
      .wait(2)
      .do(go.endNow);
    expect(resultsOf(seen(drive).progress).map(resultSaid)).toEqual([
      "Left not tested, right 9 s",
      "not tested",
    ]);
  });
});
