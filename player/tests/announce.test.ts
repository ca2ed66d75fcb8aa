// SPDX-License-Identifier: Apache-2.0

import { afterEach, describe, expect, test, vi } from "vitest";
import { Announcer, sentence } from "../src/announce";
import { snapshot } from "../src/snapshot";
import * as go from "../src/transitions";
import { Drive } from "./drive";

afterEach(() => vi.useRealTimers());

describe("sentences", () => {
  const said = (drive: Drive, moment: Parameters<typeof sentence>[0]): string | null =>
    sentence(moment, snapshot(drive.frame, drive.state, drive.now));

  test("say exercise, side, set and amount at the turning points", () => {
    const drive = new Drive().do(go.start);
    expect(said(drive, "get-ready")).toBe(
      "Get ready. Clam, Left side, Set 1 of 2, 10 repetitions.",
    );
    expect(said(drive.until("switch"), "switch")).toBe("Switch sides. Now: Right side.");
    expect(said(drive.until("rest"), "rest")).toBe(
      "Rest: 20 seconds. Next: Clam, Left side, Set 2 of 2, 10 repetitions.",
    );
  });

  test("say nothing for each count", () => {
    const drive = new Drive().do(go.start);
    expect(said(drive, "tick")).toBeNull();
    expect(said(drive, "rep")).toBeNull();
  });
});

describe("the announcer", () => {
  test("joins what comes together and spaces what comes after", () => {
    vi.useFakeTimers();
    const heard: string[] = [];
    const announcer = new Announcer((text) => heard.push(text));
    announcer.say("one");
    announcer.say("two");
    vi.advanceTimersByTime(50);
    expect(heard).toEqual(["one two"]);
    for (const word of ["three", "four", "five"]) announcer.say(word);
    vi.advanceTimersByTime(1000);
    expect(heard).toHaveLength(1);
    vi.advanceTimersByTime(500);
    expect(heard).toEqual(["one two", "four five"]);
    vi.advanceTimersByTime(10_000);
    expect(heard).toHaveLength(2);
    announcer.say("six");
    vi.advanceTimersByTime(50);
    expect(heard.at(-1)).toBe("six");
  });
});
