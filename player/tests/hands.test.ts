// SPDX-License-Identifier: Apache-2.0
// A browser changes hands: what its last user played waits for them, and holds up nobody else.

import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Courier, poster } from "../src/courier";
import { deliverAll } from "../src/kept-deliver";
import { logged, newRun } from "../src/kept-run";
import { openKept, type KeptSession, type KeptStore, type LocalRun } from "../src/kept-store";
import { openOutbox, runsWaiting, type Outbox } from "../src/outbox";
import type { Batch, RunEvent } from "../src/wire";
import { DEVICE, payload } from "./drive";

const NIL = "00000000-0000-0000-0000-000000000000";
const RUN = "99999999-0000-4000-8000-000000000008";
const OTHER = "99999999-0000-4000-8000-000000000009";
const DAY_MS = 24 * 3600_000;
const REFUSALS: [number, string][] = [
  [404, "not-found"],
  [404, "never-given"],
  [409, "run-taken"],
];

let store: KeptStore;
let count = 0;
/** Runs that the site does not let whoever is there now write to, and what it says instead. */
let strange: Map<string, [number, string]>;
let log: RunEvent[];
let asked: string[];

function event(seq: number, days = 0): RunEvent {
  const id = `00000000-0000-4000-8000-${String((count += 1)).padStart(12, "0")}`;
  const at = new Date(Date.now() - days * DAY_MS).toISOString();
  return { format: 1, id, device: DEVICE, seq, at, type: "paused" };
}

function answer(url: string, init: RequestInit): Response {
  const run = url.split("/")[3] ?? "";
  asked.push(run);
  const refused = strange.get(run);
  if (refused) {
    const [status, code] = refused;
    return Response.json({ error: { code, message: "No.", faults: [] } }, { status });
  }
  if (init.method === "PUT") return Response.json({ run: { id: run } });
  const { events } = JSON.parse(init.body as string) as Batch;
  log.push(...events);
  const accepted = events.map(({ id }) => id);
  return Response.json({ accepted, duplicate: [], rejected: [], events_after: [] });
}

function keptRun(begun: Date): LocalRun {
  const start = { ...payload(), run: { id: NIL, timeline_hash: "a".repeat(64) } };
  const kept: KeptSession = {
    session: "quiet",
    title: "Quiet",
    at: begun.toISOString(),
    bytes: 1,
    urls: [],
    package: {
      format: 1,
      session: "quiet",
      title: "Quiet",
      payload: { ...start, events_url: `/api/runs/${NIL}/events`, csrf_token: "" },
      open_url: `/api/runs/${NIL}`,
      shell_url: "/play/kept/quiet/",
      pages: [],
      files: [],
    },
  };
  return newRun(kept, begun);
}

/** A courier as the player has one. */
function player(outbox: Outbox, onUnknown: (isLost: boolean) => void): Courier {
  return new Courier(
    {
      outbox,
      post: poster(`/api/runs/${RUN}/events`, ""),
      alone: (work) => work(),
      seen: () => 0,
      renumber: (each) => each,
      onOthers: () => undefined,
      onWaiting: () => undefined,
      onUnknown,
    },
    [],
  );
}

beforeEach(async () => {
  strange = new Map();
  log = [];
  asked = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => Promise.resolve(answer(url, init)));
  vi.stubGlobal("document", { cookie: "csrftoken=abc" });
  vi.stubGlobal("navigator", {});
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  store = await openKept();
});

afterEach(async () => {
  for (const run of await runsWaiting()) {
    const outbox = await openOutbox(run);
    const left = [...(await outbox.all()), ...(await outbox.aside())];
    await outbox.drop(left.map(({ id }) => id));
  }
  for (const { id } of await store.runs()) await store.forget(id);
  store.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each(REFUSALS)(
  "after a %i %s a run waits for its person, no other run",
  async (...refusal) => {
    strange.set(RUN, refusal);
    const [told, others] = [event(1), event(1)];
    await (await openOutbox(RUN)).put([told]);
    await (await openOutbox(OTHER)).put([others]);
    await deliverAll();
    expect(log).toEqual([others]);
    expect(await runsWaiting()).toEqual([RUN]);
    // They are back.
    strange.clear();
    await deliverAll();
    expect(log).toEqual([others, told]);
    expect(await runsWaiting()).toEqual([]);
  },
);

test.each(REFUSALS)("after a %i %s a kept session waits with its log", async (...refusal) => {
  const run = keptRun(new Date(Date.now() - 3 * DAY_MS));
  strange.set(run.id, refusal);
  const told = event(1, 3);
  await store.putRun(run);
  await logged(await openOutbox(run.id), store, run.id).put([told]);
  await deliverAll();
  expect(await store.run(run.id)).toEqual(run);
  expect(await store.log(run.id)).toEqual([told]);
  strange.clear();
  await deliverAll();
  expect(log).toEqual([told]);
  expect(await store.run(run.id)).toBeUndefined();
});

test("a player that is refused asks no more, and keeps what is still played", async () => {
  strange.set(RUN, [404, "not-found"]);
  const outbox = await openOutbox(RUN);
  const onUnknown = vi.fn();
  const courier = player(outbox, onUnknown);
  const [first, second] = [event(1), event(2)];
  courier.add([first]);
  await courier.flush();
  courier.add([second]);
  await courier.flush();
  await courier.farewell();
  expect(asked).toEqual([RUN]);
  expect(await outbox.all()).toEqual([first, second]);
  expect(onUnknown).toHaveBeenCalledExactlyOnceWith(false);
});

test.each([
  [29, 1],
  [31, 0],
  [-29, 1],
  [-31, 0],
])("of a run the site does not know, played %i days ago, %i event stays", async (days, left) => {
  strange.set(RUN, [404, "not-found"]);
  const outbox = await openOutbox(RUN);
  await outbox.put([event(1, days)]);
  await outbox.setAside([event(2, days)]);
  await deliverAll();
  expect(await outbox.all()).toHaveLength(left);
  expect(await outbox.aside()).toHaveLength(left);
});

test("an old kept session that the site does not know is forgotten and sent no more", async () => {
  const run = keptRun(new Date(Date.now() - 40 * DAY_MS));
  strange.set(run.id, [404, "never-given"]);
  await store.putRun(run);
  await logged(await openOutbox(run.id), store, run.id).put([event(1, 40)]);
  await deliverAll();
  await vi.waitFor(async () => expect(await store.run(run.id)).toBeUndefined());
  expect(await store.log(run.id)).toEqual([]);
  asked = [];
  await deliverAll();
  expect(asked).toEqual([]);
});
