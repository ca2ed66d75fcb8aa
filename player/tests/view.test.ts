// SPDX-License-Identifier: Apache-2.0

import { describe, expect, test } from "vitest";
import { sentence } from "../src/announce";
import { snapshot } from "../src/snapshot";
import * as go from "../src/transitions";
import { mainControls } from "../src/view/controls";
import { dialog } from "../src/view/dialogs";
import { end } from "../src/view/end";
import { intro } from "../src/view/intro";
import type { Model } from "../src/view/model";
import { panel } from "../src/view/panel";
import { recallHearing } from "../src/voice-settings";
import { changed, Drive, hurt, jumpTo, payload } from "./drive";
import { drawn } from "./markup";

const HEARD = { sound: true, hearing: recallHearing(), noVoice: false, mediaButtons: false };

/** What a person reads, and in which language: the page's own, or else the one given. */
function read(template: unknown): string {
  const marked = drawn(template).replace(/<[^>]*?\slang=([a-z]+)[^>]*>/g, "[$1:]");
  return marked.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

function model(drive: Drive): Model {
  const plain = payload();
  return {
    now: snapshot(drive.frame, drive.state, drive.now),
    look: { xray: false, ...HEARD, moves: true, waiting: false, unknown: false, ask: null },
    payload: { ...plain, timeline: { ...plain.timeline, language: "xx" } },
    verbs: {} as Model["verbs"],
    begun: drive.events.length > 0,
  };
}

describe("words of the document are marked with its language", () => {
  const start = (): Drive => new Drive().do(go.start);
  const cues = payload().timeline.slots[0]!.rungs[0]!.cues;

  test("on every screen", () => {
    expect(read(intro(model(new Drive())))).toContain(`First: [xx:]Clam . [xx:]${cues.set_up}`);
    expect(read(intro(model(start())))).toContain("You are at: [xx:]Clam , Left side, Set 1 of 2.");
    expect(read(panel(model(start())))).toContain("[xx:]Clam");
    expect(read(panel(model(start())))).toContain(`Get ready [xx:]${cues.set_up}`);
    const working = read(panel(model(start().until("work"))));
    expect(working).toContain(`[xx:]${cues.feel}`);
    const done = start().until("rest").do(go.endNow);
    expect(read(end(model(done)))).toContain("[xx:]Clam");
  });

  test("in how to do it and the list of exercises, and nothing else is", () => {
    const how = read(dialog(model(start()), "how"));
    expect(how).toContain("[xx:]Clam");
    expect(how).toContain(`Avoid [xx:]${cues.avoid}`);
    const outline = read(dialog(model(start()), "outline"));
    expect(outline).toMatch(/\[xx:\]Clam 2 × 10 repetitions each side Now/);
    expect(outline.match(/\[xx:\]/g)!.length).toBeGreaterThan(3);
  });
});

test("back and next name what they lead to, past what rests", () => {
  const plan = changed((each) => (each.slots[1]!.substitutes = {}));
  const said = (drive: Drive): string => drawn(mainControls(model(drive)));
  const first = new Drive([], plan).do(go.start).do(jumpTo(1)).do(hurt("left", 8));
  expect(first.state.at.slot).toBe(2);
  expect(said(first)).toContain("Back to Clam");
  expect(said(first)).toContain("Finish the session");
  expect(said(first.do(jumpTo(0)))).toContain("Next: Bridge march");
  expect(said(first.do(hurt("left", 8)))).toContain("Next: Bridge march");
  // What hurt there makes room as one comes back to it.
  const eased = new Drive().do(go.start).do(jumpTo(2)).do(hurt("left", 5)).do(jumpTo(1));
  expect(said(eased)).toContain("Next: Reverse clam");
});

test("the plan says each side where there are sides, and only there", () => {
  const outline = read(dialog(model(new Drive()), "outline"));
  expect(outline).toContain("Clam 2 × 10 repetitions each side");
  expect(outline).toMatch(/Prone heel squeeze 2 × 20 seconds (?!each)/);
});

describe("a rest that was put in", () => {
  const rested = (drive: Drive): Drive => drive.do(go.addRest);
  const told = (drive: Drive): string => {
    const now = snapshot(drive.frame, drive.state, drive.now);
    return `${read(panel(model(drive)))} | ${sentence("rest", now)}`;
  };

  test("before the work is no break in it, and comes before nothing else", () => {
    const text = told(rested(new Drive().do(go.start).wait(2)));
    expect(text.match(/Take your time. Then we begin./g)).toHaveLength(2);
    expect(text).not.toContain("Next");
    expect(text).not.toContain("where you stopped");
  });

  test("in the midst of it leads back to where it stopped", () => {
    const text = told(rested(new Drive().do(go.start).until("work").wait(12)));
    expect(text.match(/Then we go on where you stopped./g)).toHaveLength(2);
    expect(text).not.toContain("Next");
  });

  test("is no matter to a rest that was planned", () => {
    const text = told(rested(new Drive().do(go.start).until("rest")));
    expect(text.match(/Next/g)).toHaveLength(2);
    expect(text).toContain("The same movement comes again.");
  });
});

test("the help says in words what each picture over the figure does", () => {
  const help = drawn(dialog(model(new Drive()), "help"));
  const list = /<ul class="pictures"[\s\S]*?<\/ul>/.exec(help)?.[0] ?? "";
  expect(list.match(/<svg/g)).toHaveLength(7);
  for (const word of ["Half as fast", "Turn the figure", "Closer", "How to do it"]) {
    expect(list).toContain(word);
  }
});
