// SPDX-License-Identifier: Apache-2.0

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { enter, fold, opened } from "../src/fold";
import { read } from "../src/read";
import type { Batch, BatchAnswer, Payload, RunEvent, RunShape, RunState } from "../src/wire";
import { shapeOf } from "../src/wire";
import { types } from "../scripts/wire.js";

const WIRE = join(import.meta.dirname, "../../tests/wire");
const load = (name: string): unknown => JSON.parse(readFileSync(join(WIRE, name), "utf8"));

interface Case {
  about: string;
  shape: RunShape;
  events: unknown[];
  state: RunState;
  problems: { index: number; id: string; field: string }[];
}

describe("the cases shared with Python", () => {
  for (const name of readdirSync(join(WIRE, "fold"))) {
    const shared = load(`fold/${name}`) as Case;
    test(`${name}: ${shared.about}`, () => {
      const { events, problems } = read(shared.shape, shared.events);
      expect(problems.map(({ index, id, field }) => ({ index, id, field }))).toEqual(
        shared.problems,
      );
      expect(fold(shared.shape, events)).toEqual(shared.state);
    });
  }
});

test("the generated types are fresh", async () => {
  const written = readFileSync(join(import.meta.dirname, "../src/wire.generated.ts"), "utf8");
  expect(await types(), "npm run wire writes them").toBe(written);
});

test("the example payload and its batch read without a problem", () => {
  const payload = load("payload.json") as Payload;
  const shape = shapeOf(payload.timeline);
  expect(read(shape, payload.events).problems).toEqual([]);
  const { request, answer } = load("batch.json") as { request: Batch; answer: BatchAnswer };
  expect(read(shape, request.events).problems).toMatchObject(
    answer.rejected.map(({ id, index, field }) => ({ id, index, field })),
  );
  expect(read(shape, answer.events_after).problems).toEqual([]);
});

const SHAPE: RunShape = {
  slots: [
    { id: "clam", bouts: 4, rungs: 2, start_rung: 0 },
    { id: "bridge", bouts: 2, rungs: 3, start_rung: 1 },
  ],
};
const DEVICES = ["aaaaaaaa-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002"];
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

const place = { slot: fc.constantFrom("clam", "bridge"), bout: fc.nat(1) };
const bodies = fc.oneof(
  fc.constantFrom("started", "paused", "resumed", "finished").map((type) => ({ type })),
  fc.record({ type: fc.constant("moved"), via: fc.constant("next"), ...place }),
  fc.record({
    type: fc.constant("done"),
    ...place,
    rung: fc.nat(1),
    reps: fc.nat(12),
    seconds: fc.nat(90),
    complete: fc.boolean(),
  }),
  fc.record({ type: fc.constant("rung-changed"), slot: place.slot, rung: fc.nat(1) }),
  fc.record({ type: fc.constant("skipped"), slot: place.slot, reason: fc.constant("") }),
  fc.record({
    type: fc.constant("swapped"),
    slot: place.slot,
    rung: fc.nat(1),
    reason: fc.constantFrom("hurts", "no-kit"),
  }),
  fc.record({
    type: fc.constant("hurt"),
    slot: place.slot,
    rung: fc.nat(1),
    where: fc.constantFrom("left", "right", "elsewhere"),
    pain: fc.nat(10),
  }),
  fc.record({
    type: fc.constant("rated"),
    pain_left: fc.option(fc.nat(10)),
    pain_right: fc.option(fc.nat(10)),
    effort: fc.option(fc.nat(10)),
    note: fc.string(),
  }),
  fc.record({ type: fc.constant("rest-added"), ...place, seconds: fc.constant(15) }),
);
const logs = fc
  .array(fc.tuple(bodies, fc.constantFrom(...DEVICES), fc.integer({ min: 1, max: 9 })))
  .map((items) =>
    items.map(([body, device, seq], n): unknown => ({
      ...body,
      format: 1,
      id: uuid(n),
      device,
      seq,
      at: "2026-03-02T07:30:00Z",
    })),
  )
  .map((raw) => {
    const { events, problems } = read(SHAPE, raw);
    expect(problems).toEqual([]);
    return events;
  });

describe("laws of the fold", () => {
  test("order of arrival and repeats change nothing", () => {
    fc.assert(
      fc.property(
        logs.chain((log) =>
          fc.tuple(
            fc.constant(log),
            fc.shuffledSubarray([...log, ...log], { minLength: 2 * log.length }),
          ),
        ),
        ([log, shuffled]) => {
          expect(fold(SHAPE, shuffled)).toEqual(fold(SHAPE, log));
        },
      ),
    );
  });

  test("entering the newest event equals folding them all", () => {
    fc.assert(
      fc.property(logs, (log) => {
        const renumbered = log.map((event, n): RunEvent => ({ ...event, seq: n + 1 }));
        expect(renumbered.reduce(enter, opened(SHAPE))).toEqual(fold(SHAPE, renumbered));
      }),
    );
  });

  test("any JSON is either kept or told", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (raw) => {
        const { events, problems } = read(SHAPE, raw);
        expect(events.length + new Set(problems.map(({ index }) => index)).size).toBe(raw.length);
      }),
    );
  });
});
