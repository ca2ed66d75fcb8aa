// SPDX-License-Identifier: Apache-2.0

import { expect, test } from "vitest";
import { Conductor } from "../src/conductor";
import { fold } from "../src/fold";
import { shapeOf, type RunEvent } from "../src/wire";
import { frame, T0 } from "./drive";

const event = (seq: number, body: object): RunEvent =>
  ({
    format: 1,
    id: `cccccccc-0000-4000-8000-${String(seq).padStart(12, "0")}`,
    device: "aaaaaaaa-0000-4000-8000-000000000001",
    seq,
    at: "2026-03-02T07:30:00Z",
    ...body,
  }) as RunEvent;

test("an event with a new number takes the place of that number in the run", () => {
  const here = frame();
  const events = [
    event(1, { type: "moved", slot: "bridge", bout: 0, via: "jump" }),
    event(2, { type: "moved", slot: "clam", bout: 0, via: "jump" }),
  ];
  const conductor = new Conductor(
    here,
    events,
    () => T0,
    () => undefined,
  );
  expect(conductor.state.run.position.slot).toBe("clam");
  const renumbered = conductor.renumber(events[0]!);
  expect(renumbered.seq).toBe(3);
  expect(conductor.state.run).toEqual(fold(shapeOf(here.timeline), [events[1]!, renumbered]));
  expect(conductor.seen.here.slot.id).toBe("bridge");
});

test("numbers are given once, also to events that do not fit the run", () => {
  const conductor = new Conductor(
    frame(),
    [],
    () => T0,
    () => undefined,
  );
  const strange = event(1, { type: "skipped", slot: "elsewhere", reason: "" });
  expect(conductor.renumber(strange).seq).toBe(1);
  expect(conductor.renumber({ ...strange, id: newer }).seq).toBe(2);
});

const newer = "cccccccc-0000-4000-8000-000000000099";
