// SPDX-License-Identifier: Apache-2.0

import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { aching, isStopped, noteFelt, noteStopped } from "../src/kept-felt";
import { newRun } from "../src/kept-run";
import type { KeptSession } from "../src/kept-store";
import { resting } from "../src/resting";
import * as go from "../src/transitions";
import type { RunEvent } from "../src/wire";
import { at, Drive, hurt, payload, T0 } from "./drive";

const NOW = new Date(T0);
const days = (count: number): Date => new Date(T0 + count * 86_400_000);

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A session as it is kept, of which only the package counts here. */
function kept(): KeptSession {
  const start = payload();
  return {
    session: "quiet",
    title: "Quiet",
    at: NOW.toISOString(),
    bytes: 1,
    urls: [],
    package: {
      format: 1,
      session: "quiet",
      title: "Quiet",
      payload: start,
      open_url: `/api/runs/${start.run.id}`,
      shell_url: "/play/kept/quiet/",
      pages: [],
      files: [],
    },
  };
}

/** A run in which the first movement hurt that much; its slug. */
function played(pain: number): string {
  const drive = new Drive().do(go.start).until("work");
  const movement = at(drive);
  drive.do(hurt("left", pain));
  noteFelt(drive.frame.timeline, drive.events, NOW);
  return movement;
}

describe("a movement that hurt", () => {
  test.each([
    [0, true],
    [1, true],
    [2, false],
  ])("rests in a run that begins %i days later: %s", (later, rests) => {
    const movement = played(6);
    const { timeline } = newRun(kept(), days(later)).payload;
    const out = resting(timeline, go.opened(new Drive([], timeline).frame, [], T0).run);
    expect(out.has(movement)).toBe(rests);
    for (const harder of timeline.harder[movement] ?? []) expect(out.has(harder)).toBe(rests);
    expect(at(new Drive([], timeline).do(go.start).until("work")) === movement).toBe(!rests);
  });

  test("the new run tells so in its own log", () => {
    played(6);
    const { timeline } = newRun(kept(), NOW).payload;
    const drive = new Drive([], timeline).do(go.start).until("work");
    const told = drive.events.filter(({ type }) => type === "swapped" || type === "skipped");
    expect(told).not.toEqual([]);
    for (const event of told) expect(event).toMatchObject({ reason: "hurts" });
  });

  test("below the line it rests only while it is felt", () => {
    played(4);
    expect(aching(NOW)).toEqual([]);
  });

  test("is remembered once, with those before", () => {
    const movement = played(6);
    played(7);
    expect(aching(NOW)).toEqual([movement]);
  });
});

test("what else lies under the name harms nothing", () => {
  localStorage.setItem("hipfirst-felt", "{");
  expect(aching(NOW)).toEqual([]);
});

test("a sign named in a session stops the next one, also without the site", () => {
  const { frame, events } = new Drive().do(go.start);
  noteFelt(frame.timeline, events, NOW);
  expect(isStopped()).toBe(false);
  const flagged = { ...events[0]!, type: "flagged", flag: "calf" } as unknown as RunEvent;
  noteFelt(frame.timeline, [flagged], NOW);
  expect(isStopped()).toBe(true);
});

test("whether a sign stops all sessions is what the site said last", () => {
  expect(isStopped()).toBe(false);
  noteStopped(true);
  expect(isStopped()).toBe(true);
  noteStopped(false);
  expect(isStopped()).toBe(false);
});
