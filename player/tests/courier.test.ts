// SPDX-License-Identifier: Apache-2.0

import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BatchRefused, Courier, poster, SETTLE_MS, type Options, type Post } from "../src/courier";
import { openOutbox } from "../src/outbox";
import type { Batch, BatchAnswer, RunEvent } from "../src/wire";
import { DEVICE } from "./drive";

let runs = 0;
const aRun = (): string => `run-${(runs += 1)}`;

function event(seq: number, id = seq): RunEvent {
  return {
    format: 1,
    id: `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`,
    device: DEVICE,
    seq,
    at: "2026-03-02T07:30:00Z",
    type: "paused",
  };
}

/** A site that keeps each event once, by id and by number, as the real one does. */
class Site {
  readonly log: RunEvent[] = [];
  readonly batches: Batch[] = [];
  up = true;
  /** The answer is lost on its way. */
  deaf = false;
  others: unknown[] = [];

  readonly post: Post = (batch) => {
    if (!this.up) return Promise.reject(new TypeError("Failed to fetch"));
    this.batches.push(batch);
    const answer: BatchAnswer = {
      accepted: [],
      duplicate: [],
      rejected: [],
      events_after: this.others.splice(0),
    };
    batch.events.forEach((each, index) => {
      if (this.log.some(({ id }) => id === each.id)) answer.duplicate.push(each.id);
      else if (this.log.some(({ seq }) => seq === each.seq)) {
        answer.rejected.push({ id: each.id, index, field: "seq", message: "was used" });
      } else {
        this.log.push(each);
        answer.accepted.push(each.id);
      }
    });
    return this.deaf ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve(answer);
  };
}

async function courier(site: Site, run: string, more: Partial<Options> = {}) {
  const outbox = await openOutbox(run);
  let highest = 0;
  const options: Options = {
    outbox,
    post: site.post,
    alone: (work) => work(),
    seen: () => highest,
    renumber: (each) => ({ ...each, seq: (highest = Math.max(highest, each.seq) + 1) }),
    onOthers: () => undefined,
    onWaiting: () => undefined,
    onUnknown: () => undefined,
    ...more,
  };
  return { outbox, courier: new Courier(options, await outbox.all()) };
}

beforeEach(() => vi.spyOn(console, "warn").mockImplementation(() => undefined));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the courier", () => {
  test("brings events to the site and empties the outbox", async () => {
    const site = new Site();
    const { courier: it, outbox } = await courier(site, aRun());
    it.add([event(1), event(2)]);
    await it.flush();
    expect(site.log.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await outbox.all()).toEqual([]);
  });

  test("keeps events while the site is away, for the next page too", async () => {
    const site = new Site();
    const run = aRun();
    const waiting: boolean[] = [];
    const first = await courier(site, run, { onWaiting: (is) => waiting.push(is) });
    site.up = false;
    first.courier.add([event(1)]);
    await first.courier.flush();
    expect(waiting).toEqual([true]);
    expect(await first.outbox.all()).toHaveLength(1);
    site.up = true;
    const second = await courier(site, run);
    await second.courier.flush();
    expect(site.log).toHaveLength(1);
    expect(await second.outbox.all()).toEqual([]);
  });

  test("a lost answer leads to no event twice", async () => {
    const site = new Site();
    const { courier: it, outbox } = await courier(site, aRun());
    site.deaf = true;
    it.add([event(1)]);
    await it.flush();
    site.deaf = false;
    await it.flush();
    expect(site.batches).toHaveLength(2);
    expect(site.log).toHaveLength(1);
    expect(await outbox.all()).toEqual([]);
  });

  test("sends at most a hundred at once", async () => {
    const site = new Site();
    const { courier: it } = await courier(site, aRun());
    it.add(Array.from({ length: 230 }, (_, n) => event(n + 1)));
    await it.flush();
    expect(site.batches.map(({ events }) => events.length)).toEqual([100, 100, 30]);
  });

  test("lets go of a refused event, says so, and keeps its neighbours", async () => {
    const site = new Site();
    const post: Post = async (batch, last) => {
      const answer = await site.post({ ...batch, events: batch.events.slice(1) }, last);
      const [first] = batch.events;
      const refusal = { id: first!.id, index: 0, field: "slot", message: "no slot" };
      return { ...answer, rejected: [refusal] };
    };
    const { courier: it, outbox } = await courier(site, aRun(), { post });
    it.add([event(1), event(2)]);
    await it.flush();
    expect(site.log.map(({ seq }) => seq)).toEqual([2]);
    expect(await outbox.all()).toEqual([]);
    expect(console.warn).toHaveBeenCalledOnce();
  });

  test("a number used by another page is changed, and the event arrives", async () => {
    const site = new Site();
    site.log.push(event(1, 99));
    const { courier: it } = await courier(site, aRun());
    it.add([event(1)]);
    await it.flush();
    expect(site.log.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test("hands over what others logged", async () => {
    const site = new Site();
    const others: unknown[] = [];
    const { courier: it } = await courier(site, aRun(), {
      onOthers: (events) => others.push(...events),
    });
    site.others = [event(7)];
    it.add([event(1)]);
    await it.flush();
    expect(others).toEqual([event(7)]);
  });

  test("a farewell goes out at once, marked as the last", async () => {
    const site = new Site();
    const lasts: boolean[] = [];
    const post: Post = (batch, last) => {
      lasts.push(last);
      return site.post(batch, last);
    };
    const { courier: it } = await courier(site, aRun(), { post });
    it.add([event(1)]);
    const gone = it.farewell();
    expect(lasts).toEqual([true]);
    await gone;
    expect(site.log).toHaveLength(1);
  });

  test("waits longer after each failure, and not at all for the first send", async () => {
    const site = new Site();
    const { courier: it } = await courier(site, aRun());
    let tries = 0;
    const post = vi.fn<Post>(() => {
      tries += 1;
      return Promise.reject(new TypeError("Failed to fetch"));
    });
    const failing = await courier(site, aRun(), { post });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    failing.courier.add([event(1)]);
    await vi.advanceTimersByTimeAsync(SETTLE_MS);
    expect(tries).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(tries).toBe(2);
    await vi.advanceTimersByTimeAsync(3999);
    expect(tries).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(tries).toBe(3);
    await it.flush();
  });

  test.each([401, 404])("after a %i it stops, says so once and keeps nothing", async (status) => {
    const fetched = vi.fn(() => Promise.resolve(new Response("{}", { status })));
    vi.stubGlobal("fetch", fetched);
    const [onUnknown, onWaiting] = [vi.fn(), vi.fn()];
    const post = poster("/api/runs/1/events", "token");
    const { courier: it, outbox } = await courier(new Site(), aRun(), {
      post,
      onUnknown,
      onWaiting,
    });
    it.add([event(1)]);
    await it.flush();
    expect(await outbox.all()).toEqual([]);
    it.add([event(2)]);
    await it.flush();
    await it.farewell();
    expect(await outbox.all()).toEqual([]);
    expect(fetched).toHaveBeenCalledOnce();
    expect(onUnknown).toHaveBeenCalledOnce();
    expect(onWaiting).not.toHaveBeenCalledWith(true);
  });

  test.each([403, 503])("a site that answers %i is asked again", async (status) => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status })));
    const [onUnknown, onWaiting] = [vi.fn(), vi.fn()];
    const post = poster("/api/runs/1/events", "token");
    const { courier: it, outbox } = await courier(new Site(), aRun(), {
      post,
      onUnknown,
      onWaiting,
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    it.add([event(1)]);
    await it.flush();
    vi.useRealTimers();
    expect(await outbox.all()).toHaveLength(1);
    expect(onWaiting).toHaveBeenCalledWith(true);
    expect(onUnknown).not.toHaveBeenCalled();
  });

  describe("where the site refuses whole batches", () => {
    /** Refuses every batch above a size, or with one of these events in it. */
    function choosy(site: Site, most: number, ...bad: string[]): Post {
      return (batch, last) => {
        const isBad = batch.events.some(({ id }) => bad.includes(id));
        if (isBad || batch.events.length > most) return Promise.reject(new BatchRefused("413"));
        return site.post(batch, last);
      };
    }
    const many = Array.from({ length: 130 }, (_, n) => event(n + 1));

    test("it sends smaller ones until all is there", async () => {
      const site = new Site();
      const { courier: it, outbox } = await courier(site, aRun(), { post: choosy(site, 7) });
      it.add(many);
      await it.flush();
      expect(site.log.map(({ seq }) => seq)).toEqual(many.map(({ seq }) => seq));
      expect(await outbox.all()).toEqual([]);
      expect(console.warn).not.toHaveBeenCalled();
    });

    test("it sets only the event at fault aside, and says so", async () => {
      const site = new Site();
      const bad = many[41]!.id;
      const { courier: it, outbox } = await courier(site, aRun(), { post: choosy(site, 100, bad) });
      it.add(many);
      await it.flush();
      expect(site.log).toHaveLength(129);
      expect(site.log.some(({ id }) => id === bad)).toBe(false);
      expect(await outbox.all()).toEqual([]);
      expect(console.warn).toHaveBeenCalledOnce();
    });

    test("what comes after goes out in large batches again", async () => {
      const site = new Site();
      const { courier: it } = await courier(site, aRun(), { post: choosy(site, 100, many[0]!.id) });
      it.add(many);
      await it.flush();
      expect(Math.max(...site.batches.map(({ events }) => events.length))).toBeGreaterThan(60);
    });

    test.each([413, 422])("a %i is such a refusal", async (status) => {
      vi.stubGlobal("fetch", () => Promise.resolve(new Response("", { status })));
      const batch = { format: 1 as const, after: 0, events: [event(1)] };
      await expect(poster("/api/runs/1/events", "")(batch, false)).rejects.toThrow(BatchRefused);
    });
  });

  test("takes the token that the browser has when it sends", async () => {
    const tokens: unknown[] = [];
    const page = { cookie: "csrftoken=new" };
    vi.stubGlobal("document", page);
    vi.stubGlobal("fetch", (_url: string, init: { headers: Record<string, string> }) => {
      tokens.push(init.headers["X-CSRFToken"]);
      return Promise.resolve(Response.json({}));
    });
    const post = poster("/api/runs/1/events", "old");
    await post({ format: 1, after: 0, events: [] }, false);
    page.cookie = "";
    await post({ format: 1, after: 0, events: [] }, false);
    expect(tokens).toEqual(["new", "old"]);
  });
});
