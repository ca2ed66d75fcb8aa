// SPDX-License-Identifier: Apache-2.0
// A movement of both sides in place of one that is done on each: nothing of it speaks of sides.

import { expect, test } from "vitest";
import { sentence } from "../src/announce";
import { moments, type Moment } from "../src/moments";
import { snapshot, type Snapshot } from "../src/snapshot";
import { summaryOf } from "../src/summary";
import * as go from "../src/transitions";
import { chips } from "../src/view/panel";
import { lines } from "../src/voice";
import { beats } from "../src/voice-beats";
import { textOf } from "../src/voice-line";
import { planSaid } from "../src/words";
import type { Timeline } from "../src/wire";
import { at, changed, Drive, swap } from "./drive";
import { text } from "./markup";

/** The bridge stands ready for the clam, which is done two times on each side. */
const plan = (): Timeline =>
  changed(({ slots }) => {
    const [bridge] = slots[2]!.rungs;
    slots[0]!.others.push(structuredClone(bridge!));
    slots[0]!.substitutes["no-space"] = bridge!.exercise;
  });

const look = (drive: Drive): Snapshot => snapshot(drive.frame, drive.state, drive.now);

function bridging(): Drive {
  const drive = new Drive([], plan()).do(go.start).do(swap("no-space"));
  expect(at(drive)).toBe("bridge");
  return drive;
}

/** Plays the whole slot: all that came about, was said, announced and shown. */
function played(drive: Drive): { happened: Moment[]; told: string[]; kinds: string[] } {
  const heard = { happened: [] as Moment[], told: [] as string[], kinds: [] as string[] };
  for (let before = look(drive); drive.state.at.slot === 0;) {
    drive.sleep(0.25);
    const now = look(drive);
    if (now.here.place.slot !== 0 || now.next?.place.slot !== 0) break;
    const happened = moments(before, now, []);
    heard.happened.push(...happened);
    if (before.kind !== now.kind) heard.kinds.push(now.kind);
    heard.told.push(...happened.map((each) => sentence(each, now) ?? ""), text(chips(now.shown)));
    for (const beat of beats(before, now, happened)) {
      heard.told.push(...lines(beat, { now, length: "full", told: new Set() }).map(textOf));
    }
    before = now;
  }
  return heard;
}

test("no side is said, shown or signalled, and its sets are counted one by one", () => {
  const drive = bridging();
  expect(text(chips(look(drive).here))).toContain("Set 1 of 4");
  const { happened, told, kinds } = played(drive);
  expect(told.join(" ")).not.toMatch(/left side|right side|switch/i);
  expect(told.join(" ")).toContain("Get ready. Bridge, Set 2 of 4, 12 repetitions.");
  expect(told.join(" ")).toContain("Next: Bridge. Set 3 of 4. 12 repetitions.");
  expect(happened).not.toContain("switch");
  expect(kinds.slice(0, 4)).toEqual(["work", "get-ready", "work", "rest"]);
});

test("one set on each side becomes two of both", () => {
  const short = plan();
  const [slot] = short.slots;
  Object.assign(slot!, { sets: 1, bouts: slot!.bouts.slice(0, 2) });
  const drive = new Drive([], short).do(go.start).do(swap("no-space"));
  expect(text(chips(look(drive).here))).toContain("Set 1 of 2");
});

test("the outline and the end count them, too", () => {
  const drive = bridging();
  expect(planSaid(look(drive).progress[0]!)).toBe("4 × 12 repetitions");
  while (drive.state.at.slot === 0 && drive.state.at.bout < 3) drive.wait(1);
  expect(summaryOf(look(drive).progress).sets).toBe(3);
});

test("where only one side does such a movement, the other is led in by a plain count", () => {
  const mixed = changed(({ slots }) => {
    const [clam, , bridge] = slots;
    Object.assign(clam!, { rungs: bridge!.rungs, start_rung: 2, substitutes: {} });
    for (const bout of clam!.bouts) bout.easier_by = bout.side === "left" ? 1 : 0;
  });
  const drive = new Drive([], mixed).do(go.start).until("work");
  expect(look(drive).here).toMatchObject({ side: "both", set: 1, sets: 2 });
  drive.until("get-ready");
  expect(look(drive).here).toMatchObject({ side: "right", set: 1, sets: 2 });
  drive.until("rest").until("get-ready");
  expect(look(drive).here).toMatchObject({ side: "both", set: 2, sets: 2 });
});
