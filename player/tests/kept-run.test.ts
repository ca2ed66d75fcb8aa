// SPDX-License-Identifier: Apache-2.0

import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RunUnknown } from "../src/courier";
import { deliverAll } from "../src/kept-deliver";
import {
  isFinished,
  keptPost,
  logged,
  newRun,
  payloadOf,
  prune,
  runUnderWay,
  wholeLog,
} from "../src/kept-run";
import { openKept, type KeptSession, type KeptStore, type LocalRun } from "../src/kept-store";
import { openOutbox, runsWaiting } from "../src/outbox";
import type { Batch, RunEvent } from "../src/wire";
import { DEVICE, payload } from "./drive";

const NIL = "00000000-0000-0000-0000-000000000000";
const NOON = new Date("2026-03-02T12:00:00");
const later = (hours: number): Date => new Date(+NOON + hours * 3600_000);

let store: KeptStore;
let count = 0;

function event(seq: number, type: "paused" | "finished" = "paused"): RunEvent {
  const id = `00000000-0000-4000-8000-${String((count += 1)).padStart(12, "0")}`;
  return { format: 1, id, device: DEVICE, seq, at: "2026-03-02T07:30:00Z", type };
}

function kept(hash = "a".repeat(64)): KeptSession {
  const start = { ...payload(), run: { id: NIL, timeline_hash: hash } };
  return {
    session: "quiet",
    title: "Quiet",
    at: NOON.toISOString(),
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
}

/** A site that knows what was opened, and keeps each event once. */
class Site {
  readonly opened = new Map<string, object>();
  readonly log: RunEvent[] = [];
  readonly asked: string[] = [];
  up = true;
  /** What opening is answered with: a status, and the site's own code for it. */
  refuses = 0;
  code = "";
  /** A sign in the newest knee check stops all sessions. */
  stopped: boolean | undefined;
  /** Answers get lost on their way. */
  deaf = false;

  readonly fetch = (url: string, init: RequestInit): Promise<Response> => {
    this.asked.push(`${init.method} ${url}`);
    if (!this.up) return Promise.reject(new TypeError("Failed to fetch"));
    const answer = this.answer(url, init);
    return this.deaf ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve(answer);
  };

  private answer(url: string, init: RequestInit): Response {
    const body = JSON.parse(init.body as string) as Batch;
    const run = url.split("/")[3] ?? "";
    if (init.method === "PUT") {
      if (this.refuses) return refusal(this.refuses, this.code);
      this.opened.set(run, body);
      return Response.json({ run: { id: run }, stopped: this.stopped });
    }
    if (!this.opened.has(run)) return refusal(404, "not-found");
    const fresh = body.events.filter(({ id }) => !this.log.some((each) => each.id === id));
    this.log.push(...fresh);
    return Response.json({
      accepted: fresh.map(({ id }) => id),
      duplicate: body.events.filter((each) => !fresh.includes(each)).map(({ id }) => id),
      rejected: [],
      events_after: [],
      stopped: this.stopped,
    });
  }
}

function refusal(status: number, code: string): Response {
  return Response.json({ error: { code, message: "No.", faults: [] } }, { status });
}

let site: Site;

beforeEach(async () => {
  site = new Site();
  vi.stubGlobal("fetch", site.fetch);
  vi.stubGlobal("document", { cookie: "csrftoken=abc" });
  vi.stubGlobal("navigator", {});
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  store = await openKept();
});

afterEach(async () => {
  for (const { id } of await store.runs()) {
    await store.forget(id);
    const outbox = await openOutbox(id);
    await outbox.drop((await outbox.all()).map((each) => each.id));
  }
  store.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The run that the page of a kept session plays. */
async function findRun(
  from: KeptStore,
  session: KeptSession,
  asked: string | null,
  now: Date,
): Promise<LocalRun> {
  const known = await runUnderWay(from, session, asked, now);
  if (known) return known;
  const run = newRun(session, now);
  await from.putRun(run);
  return run;
}

/** Writes events as the player of a kept session does. */
async function play(run: LocalRun, ...events: RunEvent[]): Promise<void> {
  await logged(await openOutbox(run.id), store, run.id).put(events);
}

describe("which run is played", () => {
  test("a new one, under addresses of its own", async () => {
    const run = await findRun(store, kept(), null, NOON);
    expect(run.id).not.toBe(NIL);
    expect(run.open_url).toBe(`/api/runs/${run.id}`);
    expect(run.events_url).toBe(`/api/runs/${run.id}/events`);
    expect(payloadOf(run, []).run).toEqual({
      id: run.id,
      timeline_hash: "a".repeat(64),
    });
  });

  test("the one begun today is gone on with", async () => {
    const first = await findRun(store, kept(), null, NOON);
    await play(first, event(1));
    expect(await findRun(store, kept(), null, later(3))).toEqual(first);
  });

  test("another day, a finished run and a renewed session begin anew", async () => {
    const first = await findRun(store, kept(), null, NOON);
    expect((await findRun(store, kept(), null, later(24))).id).not.toBe(first.id);
    const other = await findRun(store, kept("b".repeat(64)), null, NOON);
    expect(other.id).not.toBe(first.id);
    await play(other, event(1), event(2, "finished"));
    expect((await findRun(store, kept("b".repeat(64)), null, NOON)).id).not.toBe(other.id);
  });

  test("after a reload the same one shows, finished or not", async () => {
    const first = await findRun(store, kept(), null, NOON);
    await play(first, event(1, "finished"));
    expect(await findRun(store, kept(), first.id, NOON)).toEqual(first);
  });

  test("after a renewal and a reload it plays the plan that it began with", async () => {
    const first = await findRun(store, kept(), null, NOON);
    const other = kept("b".repeat(64));
    other.package.payload.timeline.title = "Renewed";
    const same = await findRun(store, other, first.id, NOON);
    expect(payloadOf(same, []).run).toEqual({ id: first.id, timeline_hash: "a".repeat(64) });
    expect(payloadOf(same, []).timeline.title).not.toBe("Renewed");
  });

  test("midnight does not break off a session", async () => {
    const late = new Date("2026-03-02T23:50:00");
    const first = await findRun(store, kept(), null, late);
    const next = await findRun(store, kept(), null, new Date("2026-03-03T00:10:00"));
    expect(next).toEqual(first);
  });

  test("a move after the end opens the run again", () => {
    const moved = { ...event(3), type: "moved", slot: "a", bout: 0, via: "back" } as RunEvent;
    expect(isFinished([event(1), event(2, "finished")])).toBe(true);
    expect(isFinished([event(2, "finished"), moved])).toBe(false);
    expect(isFinished([])).toBe(false);
  });
});

describe("the log of this browser", () => {
  test("keeps what the site already has", async () => {
    const run = await findRun(store, kept(), null, NOON);
    const outbox = logged(await openOutbox(run.id), store, run.id);
    const [first, second] = [event(1), event(2)];
    await outbox.put([second, first]);
    await outbox.drop([first.id]);
    expect(await outbox.all()).toEqual([second]);
    expect(await store.log(run.id)).toEqual([first, second]);
  });

  test("has what only the outbox has, before anything leaves that", async () => {
    const run = await findRun(store, kept(), null, NOON);
    const plain = await openOutbox(run.id);
    const [first, second] = [event(1), event(2)];
    await plain.put([first, second]);
    expect(await wholeLog(store, plain, run.id)).toEqual([first, second]);
    const third = event(3);
    await plain.put([third]);
    await logged(plain, store, run.id).drop([third.id]);
    expect(await store.log(run.id)).toEqual([first, second, third]);
  });

  test("that cannot be written keeps nothing from being sent", async () => {
    const run = await findRun(store, kept(), null, NOON);
    const plain = await openOutbox(run.id);
    const full = new DOMException("full", "QuotaExceededError");
    vi.spyOn(store, "write").mockRejectedValue(full);
    vi.spyOn(store, "putRun").mockRejectedValue(full);
    await logged(plain, store, run.id).put([event(1)]);
    const waiting = await plain.all();
    expect(waiting).toHaveLength(1);
    await keptPost(run, store)({ format: 1, after: 0, events: waiting }, false);
    expect(site.log).toHaveLength(1);
  });

  test("is forgotten when the run is of an earlier day and delivered, never before", async () => {
    const run = await findRun(store, kept(), null, NOON);
    await play(run, event(1, "finished"));
    await prune(store, new Set([run.id]), later(48));
    expect(await store.run(run.id)).toBeDefined();
    await prune(store, new Set(), later(48), run.id);
    expect(await store.run(run.id)).toBeDefined();
    // Another tab may stand at its end.
    await prune(store, new Set(), NOON);
    expect(await store.run(run.id)).toBeDefined();
    await prune(store, new Set(), later(48));
    expect(await store.run(run.id)).toBeUndefined();
    expect(await store.log(run.id)).toEqual([]);
  });
});

describe("telling the site", () => {
  const batch = (...events: RunEvent[]): Batch => ({ format: 1, after: 0, events });

  test("opens the run before its first events, and only once", async () => {
    const run = await findRun(store, kept(), null, NOON);
    const post = keptPost(run, store);
    await post(batch(event(1)), false);
    await post(batch(event(2)), false);
    expect(site.asked).toEqual([
      `PUT ${run.open_url}`,
      `POST ${run.events_url}`,
      `POST ${run.events_url}`,
    ]);
    expect(site.opened.get(run.id)).toEqual({
      format: 1,
      timeline_hash: run.timeline_hash,
      session: "quiet",
    });
    expect(await store.run(run.id)).toMatchObject({ opened: true });
  });

  test("a lost answer to the opening is asked for again", async () => {
    const run = await findRun(store, kept(), null, NOON);
    const post = keptPost(run, store);
    site.deaf = true;
    await expect(post(batch(event(1)), false)).rejects.toThrow(TypeError);
    site.deaf = false;
    await post(batch(event(1)), false);
    expect(site.asked.filter((each) => each.startsWith("PUT"))).toHaveLength(2);
    expect(site.log).toHaveLength(1);
  });

  test("a site put back from a backup hears of the run again", async () => {
    const run = await findRun(store, kept(), null, NOON);
    const post = keptPost({ ...run, opened: true }, store);
    await post(batch(event(1)), false);
    expect(site.opened.has(run.id)).toBe(true);
    expect(site.log).toHaveLength(1);
  });

  test.each([
    [404, "never-given"],
    [404, "not-found"],
    [409, "run-taken"],
    [409, "other-timeline"],
  ])("a %i %s to the opening is final", async (status, code) => {
    Object.assign(site, { refuses: status, code });
    const run = await findRun(store, kept(), null, NOON);
    await expect(keptPost(run, store)(batch(event(1)), false)).rejects.toThrow(RunUnknown);
  });

  test.each([
    [401, "unknown-visitor"],
    [403, "csrf"],
    [404, ""],
    [409, ""],
    [422, "invalid"],
    [503, ""],
  ])("a %i %s to the opening is asked again", async (status, code) => {
    Object.assign(site, { refuses: status, code });
    const run = await findRun(store, kept(), null, NOON);
    const asking = keptPost(run, store)(batch(event(1)), false);
    await expect(asking).rejects.not.toThrow(RunUnknown);
  });

  test("hears from the opening whether a sign stops all sessions", async () => {
    site.stopped = true;
    const onStopped = vi.fn();
    const run = await findRun(store, kept(), null, NOON);
    await keptPost(run, store, onStopped)(batch(event(1)), false);
    expect(onStopped).toHaveBeenCalledWith(true);
  });

  test("what something on the way answers in the site's place opens nothing", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ welcome: "to this network" })));
    const run = await findRun(store, kept(), null, NOON);
    await expect(keptPost(run, store)(batch(event(1)), false)).rejects.not.toThrow(RunUnknown);
    expect(await store.run(run.id)).toMatchObject({ opened: false });
  });
});

describe("delivery without a player", () => {
  test("a run played while the site was away arrives once, days later", async () => {
    const run = await findRun(store, kept(), null, later(-72));
    const events = Array.from({ length: 250 }, (_, n) => event(n + 1));
    await play(run, ...events, event(251, "finished"));
    await deliverAll();
    expect(site.log.map(({ seq }) => seq)).toEqual(Array.from({ length: 251 }, (_, n) => n + 1));
    expect(await runsWaiting()).toEqual([]);
    expect(await store.runs()).toEqual([]);
  });

  test("what the site cannot take yet stays", async () => {
    site.up = false;
    const run = await findRun(store, kept(), null, NOON);
    await play(run, event(1, "finished"));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await deliverAll();
    expect(await runsWaiting()).toEqual([run.id]);
    expect(await store.log(run.id)).toHaveLength(1);
  });

  test("a run that began on the site needs no opening", async () => {
    const id = "99999999-0000-4000-8000-000000000009";
    site.opened.set(id, {});
    await (await openOutbox(id)).put([event(1)]);
    await deliverAll();
    expect(site.asked).toEqual([`POST /api/runs/${id}/events`]);
    expect(site.log).toHaveLength(1);
  });

  test("a proxy's 404 costs nothing", async () => {
    const run = await findRun(store, kept(), null, NOON);
    await play(run, event(1), event(2));
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("not found", { status: 404 })));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await deliverAll();
    vi.useRealTimers();
    expect(await runsWaiting()).toEqual([run.id]);
    expect(await store.log(run.id)).toHaveLength(2);
    expect(await store.run(run.id)).toEqual(run);
  });

  test("a run that was erased on the site is forgotten when it is old", async () => {
    Object.assign(site, { refuses: 404, code: "never-given" });
    const run = await findRun(store, kept(), null, NOON);
    await play(run, event(1));
    await deliverAll();
    await vi.waitFor(async () => expect(await store.run(run.id)).toBeUndefined());
    expect(await runsWaiting()).toEqual([]);
  });
});
