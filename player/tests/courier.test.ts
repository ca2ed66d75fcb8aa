// SPDX-License-Identifier: Apache-2.0

import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BatchRefused, Courier, poster, SETTLE_MS, type Options, type Post } from "../src/courier";
import { openOutbox } from "../src/outbox";
import type { Batch, BatchAnswer, RunEvent } from "../src/wire";
import { DEVICE } from "./drive";

/** An error as the site words it. */
const ours = (status: number, code: string): Response =>
  Response.json({ error: { code, message: "No.", faults: [] } }, { status });

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
    const first = await courier(site, run, { onWaiting: (is) => void waiting.push(is) });
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

  test("sets a refused event aside, says so, and sends its neighbours", async () => {
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
    expect(await outbox.aside()).toEqual([event(1)]);
    expect(console.warn).toHaveBeenCalled();
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

  test("where the site knows no such run it asks once, says so and drops what is old", async () => {
    const fetched = vi.fn(() => Promise.resolve(ours(404, "not-found")));
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
    expect(onUnknown).toHaveBeenCalledExactlyOnceWith(true);
    it.add([event(2)]);
    await it.flush();
    await it.farewell();
    expect(await outbox.all()).toEqual([event(2)]);
    expect(fetched).toHaveBeenCalledOnce();
    expect(onUnknown).toHaveBeenCalledOnce();
    expect(onWaiting).not.toHaveBeenCalledWith(true, false);
  });

  test.each([
    ["a proxy's 404", () => new Response("404 page not found", { status: 404 }), false],
    ["a 404 with somebody's JSON", () => Response.json({ error: "gone" }, { status: 404 }), false],
    ["a 401 of a network's sign-in", () => new Response("<html>", { status: 401 }), false],
    ["a cookie that was lost", () => ours(401, "unknown-visitor"), true],
    ["a mark that was lost", () => ours(403, "csrf"), false],
    ["a site that is down", () => new Response("", { status: 503 }), false],
    ["a page in place of an answer", () => new Response("<html>"), false],
    ["some JSON in place of an answer", () => Response.json({ ok: true }), false],
  ])("%s erases nothing: it is asked again", async (_what, answer, stranger) => {
    vi.stubGlobal("fetch", () => Promise.resolve(answer()));
    const [onUnknown, onWaiting] = [vi.fn(), vi.fn()];
    const post = poster("/api/runs/1/events", "token");
    const more = { post, onUnknown, onWaiting };
    const { courier: it, outbox } = await courier(new Site(), aRun(), more);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    it.add([event(1)]);
    await it.flush();
    vi.useRealTimers();
    await it.farewell();
    expect(await outbox.all()).toEqual([event(1)]);
    expect(onUnknown).not.toHaveBeenCalled();
    expect(onWaiting).toHaveBeenCalledWith(true, stranger);
  });

  test("an answer that says so tells that a sign stops all sessions", async () => {
    const site = new Site();
    const onStopped = vi.fn();
    const post: Post = async (batch, last) => ({
      ...(await site.post(batch, last)),
      stopped: true,
    });
    const { courier: it } = await courier(site, aRun(), { post, onStopped });
    it.add([event(1)]);
    await it.flush();
    expect(onStopped).toHaveBeenCalledWith(true);
  });

  test("a renumbered event is kept again before anything is let go", async () => {
    const site = new Site();
    site.log.push(event(1, 99));
    const run = aRun();
    const { courier: it, outbox } = await courier(site, run);
    const seen: number[] = [];
    const drop = outbox.drop.bind(outbox);
    outbox.drop = async (ids) => {
      await drop(ids);
      seen.push((await outbox.all()).length + site.log.length);
    };
    it.add([event(1), event(2)]);
    await it.flush();
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(3);
  });

  describe("where the site refuses whole batches", () => {
    /** Refuses every batch above a size, or with one of these events in it. */
    function choosy(site: Site, most: number, ...bad: string[]): Post {
      return (batch, last) => {
        const isBad = batch.events.some(({ id }) => bad.includes(id));
        if (isBad || batch.events.length > most)
          return Promise.reject(new BatchRefused("413", true));
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
      expect(await outbox.aside()).toEqual([many[41]]);
      expect(console.warn).toHaveBeenCalledOnce();
    });

    test("what is no fault of a single event stays in the queue, all of it", async () => {
      const fetched = vi.fn(() => Promise.resolve(ours(422, "wrong-shape")));
      vi.stubGlobal("fetch", fetched);
      const onWaiting = vi.fn();
      const more = { post: poster("/api/runs/1/events", ""), onWaiting };
      const { courier: it, outbox } = await courier(new Site(), aRun(), more);
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      it.add(many);
      await it.flush();
      vi.useRealTimers();
      expect(await outbox.all()).toEqual(many);
      expect(await outbox.aside()).toEqual([]);
      expect(fetched.mock.calls.length).toBeLessThan(10);
      expect(onWaiting).toHaveBeenCalledWith(true, false);
    });

    test("what was set aside is tried once by every page, and arrives when it may", async () => {
      const site = new Site();
      const run = aRun();
      const bad = many[0]!.id;
      const first = await courier(site, run, { post: choosy(site, 100, bad) });
      first.courier.add(many.slice(0, 2));
      await first.courier.flush();
      const post = vi.fn(choosy(site, 100, bad));
      const second = await courier(site, run, { post });
      await second.courier.flush();
      await second.courier.flush();
      expect(post).toHaveBeenCalledOnce();
      expect(await second.outbox.aside()).toEqual([many[0]]);
      const third = await courier(site, run);
      await third.courier.flush();
      expect(site.log).toHaveLength(2);
      expect(await third.outbox.aside()).toEqual([]);
    });

    test("what comes after goes out in large batches again", async () => {
      const site = new Site();
      const { courier: it } = await courier(site, aRun(), { post: choosy(site, 100, many[0]!.id) });
      it.add(many);
      await it.flush();
      expect(Math.max(...site.batches.map(({ events }) => events.length))).toBeGreaterThan(60);
    });

    test.each([
      [413, "too-large", true],
      [422, "too-many-events", true],
      [422, "wrong-shape", false],
      [413, "", false],
    ])("a %i %s is such a refusal", async (status, code, isTooMuch) => {
      vi.stubGlobal("fetch", () => Promise.resolve(ours(status, code)));
      const batch = { format: 1 as const, after: 0, events: [event(1)] };
      await expect(poster("/api/runs/1/events", "")(batch, false)).rejects.toMatchObject({
        isTooMuch,
      });
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
