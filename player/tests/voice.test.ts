// SPDX-License-Identifier: Apache-2.0

import { describe, expect, test } from "vitest";
import { moments } from "../src/moments";
import { snapshot, type Snapshot } from "../src/snapshot";
import * as go from "../src/transitions";
import { lines } from "../src/voice";
import { beats } from "../src/voice-beats";
import { TURN, textOf, type Line } from "../src/voice-line";
import type { Length } from "../src/voice-settings";
import type { RunEvent } from "../src/wire";
import { Drive } from "./drive";

/** Plays in looks of a quarter of a second and takes down all that is to be said. */
class Heard extends Drive {
  readonly said: Line[] = [];
  readonly told = new Set<string>();
  readonly #length: Length;
  #before: Snapshot;

  constructor(length: Length) {
    super();
    this.#length = length;
    this.#before = snapshot(this.frame, this.state, this.now);
  }

  listen(seconds: number): this {
    for (let left = seconds; left > 0; left -= 0.25) {
      const known = this.events.length;
      this.sleep(0.25);
      this.hear(this.events.slice(known));
    }
    return this;
  }

  hear(events: readonly RunEvent[] = []): this {
    const now = snapshot(this.frame, this.state, this.now);
    for (const beat of beats(this.#before, now, moments(this.#before, now, events))) {
      const said = lines(beat, { now, length: this.#length, told: this.told });
      for (const { key } of said) if (key) this.told.add(key);
      this.said.push(...said);
    }
    this.#before = now;
    return this;
  }

  get texts(): string[] {
    return this.said.map(textOf);
  }
}

function begun(length: Length): Heard {
  return new Heard(length).do(go.start).hear();
}

describe("at full length", () => {
  test("the first set of a movement is told whole, and its first repetitions by their phases", () => {
    expect(begun("full").listen(10 + 15.5).texts).toEqual([
      "Get ready. Clam. Left side, Set 1 of 2. 10 repetitions.",
      "Lie on your side, hips stacked, knees bent in front of you.",
      "Go.",
      "Keep your feet together and open the top knee like a shell.",
      "Breathe out as the knee opens.",
      "Open.",
      "Hold.",
      "Lower slowly.",
      "2. Open.",
      "Hold.",
      "Lower slowly.",
      "3. Open.",
      "Hold.",
      "Lower slowly.",
      "4. Open.",
    ]);
  });

  test("every cue of a movement is told in its turn, and none twice", () => {
    const heard = begun("full").listen(200);
    for (const cue of Object.values(heard.frame.timeline.slots[0]!.rungs[0]!.cues)) {
      expect(heard.texts.filter((text) => text === cue)).toEqual([cue]);
    }
  });

  test("what was broken off is told again", () => {
    const heard = begun("full").listen(10);
    heard.told.delete("clam move");
    heard.listen(60);
    const { move } = heard.frame.timeline.slots[0]!.rungs[0]!.cues;
    expect(heard.texts.filter((text) => text === move)).toHaveLength(2);
  });

  test("the rule about pain is told once, in a rest", () => {
    const heard = begun("full").listen(400);
    const rule = heard.texts.filter((text) => text.includes("Pain of 5 or more"));
    expect(rule).toHaveLength(1);
    expect(heard.texts[heard.texts.indexOf(rule[0]!) - 1]).toMatch(
      /^Rest: 20 seconds\. Next: Clam/,
    );
  });
});

describe("at short length", () => {
  test("name, side, set, amount, every count and the turning points are told", () => {
    expect(begun("short").listen(10 + 50 + 5 + 1).texts).toEqual([
      "Get ready. Clam. Left side, Set 1 of 2. 10 repetitions.",
      "Go.",
      "2.",
      "3.",
      "4.",
      "5.",
      "6. Halfway.",
      "7.",
      "8.",
      "9.",
      "Last one.",
      "Switch sides. Now: Right side. Set 1 of 2. 10 repetitions.",
      "Go.",
    ]);
  });

  test("a hold is told by its length, its half and its last seconds", () => {
    const heard = new Heard("short").do((...given) => go.jump(...given, 1)).hear();
    const { work } = heard.state.run.slots[1] ? heard.frame.timeline.slots[1]!.rungs[0]! : never();
    heard.listen(12 + work.seconds - 0.5);
    expect(heard.texts).toEqual([
      "Get ready. Prone heel squeeze. Set 1 of 2. 20 seconds.",
      "Go.",
      "Hold: 20 seconds.",
      "Halfway.",
      "3",
      "2",
      "1",
      expect.stringMatching(/^\p{Lu}.*\.$/u),
    ]);
  });

  test("a rest says how long it is and what comes then", () => {
    const heard = begun("short").listen(10 + 50 + 5 + 50 + 1);
    expect(heard.texts.at(-1)).toBe(
      "Rest: 20 seconds. Next: Clam. Left side, Set 2 of 2. 10 repetitions.",
    );
  });

  test("pause, going on and the end are told", () => {
    const heard = begun("short").do(go.pause).hear().do(go.resume).hear().do(go.endNow);
    expect(heard.hear().texts.slice(-3)).toEqual([
      "Paused.",
      "On we go.",
      "The session has ended.",
    ]);
  });
});

test("sounds only shows what the short length tells", () => {
  const [quiet, short] = [begun("sounds").listen(300), begun("short").listen(300)];
  expect(quiet.texts).toEqual(short.texts);
  expect(quiet.texts.length).toBeGreaterThan(20);
});

test("where one turns to something else, what was said before is broken off", () => {
  const heard = begun("short").listen(120);
  const turns = heard.said.filter(({ rank }) => rank === TURN).map(textOf);
  expect(turns.map((text) => text.split(/[.:]/)[0])).toEqual(["Get ready", "Switch sides", "Rest"]);
});

test("words of the document are told apart from those of the page", () => {
  const [first] = begun("full").said;
  expect(first?.parts.map(({ from }) => from)).toEqual(["page", "content", "page", "page"]);
});

test("a recorded cue brings its address", () => {
  const heard = new Heard("full");
  heard.frame.timeline.slots[0]!.rungs[0]!.audio = { set_up: "/media/p/clam-set_up.0.mp3" };
  heard.do(go.start).hear();
  expect(heard.said.map(({ url }) => url)).toEqual([undefined, "/media/p/clam-set_up.0.mp3"]);
});

test("a phase that is over before it is named is not named", () => {
  const heard = new Heard("full");
  const [open, stay, close] = heard.frame.timeline.slots[0]!.rungs[0]!.work.phases;
  stay!.seconds = 0.5;
  heard
    .do(go.start)
    .hear()
    .listen(10 + 5);
  expect(heard.texts).toContain(`${open!.cue}.`);
  expect(heard.texts).toContain(`${close!.cue}.`);
  expect(heard.texts).not.toContain(`${stay!.cue}.`);
});

test("repetitions too quick to be counted are told by every fifth", () => {
  const heard = new Heard("short");
  const { work } = heard.frame.timeline.slots[0]!.rungs[0]!;
  work.phases = [{ name: "pulse", seconds: 1, cue: "Pulse" }];
  work.reps = 12;
  work.seconds = 12;
  heard
    .do(go.start)
    .hear()
    .listen(10 + 11.5);
  expect(heard.texts.slice(1)).toEqual(["Go.", "5.", "7. Halfway.", "10.", "Last one."]);
});

function never(): never {
  throw new Error("the example has a second slot");
}
