// SPDX-License-Identifier: Apache-2.0
// A player on the example timeline, with a clock in the test's hand.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rungAt } from "../src/plan";
import type { Frame, Phase, State, Step } from "../src/state";
import * as transitions from "../src/transitions";
import type { Payload, Reason, RunEvent, Timeline, Where } from "../src/wire";
import * as yielding from "../src/yielding";

export const DEVICE = "aaaaaaaa-0000-4000-8000-000000000001";
export const T0 = Date.parse("2026-03-02T07:30:00Z");

export function payload(): Payload {
  const path = join(import.meta.dirname, "../../tests/wire/payload.json");
  return JSON.parse(readFileSync(path, "utf8")) as Payload;
}

export function frame(timeline: Timeline = payload().timeline): Frame {
  let count = 0;
  return {
    timeline,
    device: DEVICE,
    newId: () => `00000000-0000-4000-9000-${String((count += 1)).padStart(12, "0")}`,
  };
}

export type Act = (frame: Frame, state: State, now: number) => Step;

export const jumpTo =
  (slot: number): Act =>
  (...now) =>
    transitions.jump(...now, slot);
export const hurt =
  (where: Where, pain: number | null): Act =>
  (...now) =>
    yielding.hurt(...now, where, pain);
export const swap =
  (reason: Reason): Act =>
  (...now) =>
    yielding.swapFor(...now, reason);
export const leave =
  (reason: Reason): Act =>
  (...now) =>
    yielding.skipFor(...now, reason);

/** The example timeline, otherwise. */
export function changed(change: (plan: Timeline) => void): Timeline {
  const plan = structuredClone(payload().timeline);
  change(plan);
  return plan;
}

/** The movement the run stands at. */
export function at(drive: Drive): string {
  return rungAt(drive.frame.timeline, drive.state.run, drive.state.at).exercise;
}

export const skip: Act = (...now) => yielding.skipFor(...now, "not-today");

export class Drive {
  readonly frame: Frame;
  readonly events: RunEvent[];
  now = T0;
  state: State;

  constructor(events: RunEvent[] = [], timeline?: Timeline) {
    this.frame = frame(timeline);
    this.events = [...events];
    this.state = transitions.opened(this.frame, events, this.now);
  }

  /** Does something now. */
  do(act: Act): this {
    const step = act(this.frame, this.state, this.now);
    this.state = step.state;
    this.events.push(...step.events);
    return this;
  }

  /** Lets time pass in looks a second apart, as an open page does. */
  wait(seconds: number): this {
    for (let left = seconds; left > 0; left -= 1) this.sleep(Math.min(1, left));
    return this;
  }

  /** Lets time pass with nobody looking, then looks. */
  sleep(seconds: number): this {
    this.now += seconds * 1000;
    return this.do(transitions.advance);
  }

  /** Waits until a phase of that kind begins. */
  until(kind: Phase["kind"]): this {
    for (let tries = 0; this.state.phase.kind !== kind; tries += 1) {
      if (tries > 5000) throw new Error(`no ${kind} ahead`);
      this.sleep(0.5);
    }
    return this;
  }

  /** The kinds of events logged from the n-th on. */
  kinds(from = 0): string[] {
    return this.events.slice(from).map(({ type }) => type);
  }
}
