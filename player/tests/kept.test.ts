// SPDX-License-Identifier: Apache-2.0

import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { freshToken, token } from "../src/csrf";
import { askPackage, keep, Refusal, remove, tidy } from "../src/kept-download";
import { CACHE, OFFLINE_URL } from "../src/kept-names";
import { renewed } from "../src/kept-renew";
import { newRun } from "../src/kept-run";
import { openKept, type KeptStore, type Package } from "../src/kept-store";
import { openOutbox } from "../src/outbox";
import { payload } from "./drive";

const NOW = new Date("2026-03-02T07:30:00Z");
const SITE = "https://site.example";
const NIL = "00000000-0000-0000-0000-000000000000";

/** As much of the browser's caches as is used, over a map. */
class Caches {
  readonly stored = new Map<string, Map<string, Response>>();

  open(name: string) {
    const entries = this.stored.get(name) ?? new Map<string, Response>();
    this.stored.set(name, entries);
    const path = (asked: string | Request): string =>
      typeof asked === "string" ? asked : asked.url.slice(SITE.length);
    return Promise.resolve({
      match: (asked: string) => Promise.resolve(entries.get(path(asked))?.clone()),
      put: (asked: string, response: Response): Promise<void> => {
        entries.set(asked, response);
        return Promise.resolve();
      },
      delete: (asked: Request) => Promise.resolve(entries.delete(path(asked))),
      keys: () => Promise.resolve([...entries.keys()].map((url) => new Request(SITE + url))),
    });
  }

  delete(name: string) {
    return Promise.resolve(this.stored.delete(name));
  }

  urls(): string[] {
    return [...(this.stored.get(CACHE)?.keys() ?? [])].sort();
  }
}

let boxes: Caches;
let store: KeptStore;
/** Address -> what the site answers; everything else is not there. */
let site: Map<string, () => Response>;
let asked: string[];

function serve(...urls: string[]): void {
  for (const url of urls) site.set(url, () => new Response(`${url} `.repeat(10)));
}

function given(session: string, ...files: string[]): Package {
  const start = payload();
  return {
    format: 1,
    session,
    title: session,
    payload: { ...start, run: { ...start.run, id: NIL } },
    open_url: `/api/runs/${NIL}`,
    shell_url: `/play/kept/${session}/`,
    pages: ["/i18n.js"],
    files,
  };
}

const PAGES = [OFFLINE_URL, "/i18n.js"];

beforeEach(async () => {
  boxes = new Caches();
  site = new Map();
  asked = [];
  vi.stubGlobal("caches", boxes);
  vi.stubGlobal("navigator", { onLine: false });
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    const answer = site.get(url);
    if (!answer) return Promise.reject(new TypeError("Failed to fetch"));
    return Promise.resolve(answer());
  });
  serve(...PAGES, "/play/kept/quiet/", "/play/kept/strong/", "/a", "/b", "/c");
  store = await openKept();
});

afterEach(async () => {
  for (const { session } of await store.sessions()) await store.remove(session);
  store.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("keeping a session", () => {
  test("brings every file and says how far it is and how much it was", async () => {
    const seen: [number, number][] = [];
    const kept = await keep(store, given("quiet", "/a", "/b"), (done, of) => seen.push([done, of]));
    expect(boxes.urls()).toEqual(["/a", "/b", "/i18n.js", OFFLINE_URL, "/play/kept/quiet/"]);
    expect(seen.map(([done]) => done)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(seen.map(([, of]) => of))).toEqual(new Set([5]));
    expect(kept.bytes).toBeGreaterThan(10_000);
    expect(await store.session("quiet")).toEqual(kept);
  });

  test.each(["/b", "/play/kept/quiet/", "/i18n.js"])(
    "leaves nothing half kept when %s does not come",
    async (missing) => {
      site.delete(missing);
      await expect(keep(store, given("quiet", "/a", "/b"), () => undefined)).rejects.toThrow();
      expect(await store.sessions()).toEqual([]);
      expect(boxes.stored.has(CACHE)).toBe(false);
    },
  );

  test.each([
    ["an error", () => new Response("", { status: 500 })],
    [
      "an answer for one person",
      () => new Response("", { headers: { "Cache-Control": "private, no-store" } }),
    ],
  ])("never keeps %s", async (_what, answer) => {
    site.set("/a", answer);
    await expect(keep(store, given("quiet", "/a"), () => undefined)).rejects.toThrow("/a");
    expect(boxes.stored.has(CACHE)).toBe(false);
  });

  test("a full device leaves the other sessions as they were", async () => {
    await keep(store, given("strong", "/a"), () => undefined);
    const full = new DOMException("full", "QuotaExceededError");
    const open = boxes.open.bind(boxes);
    vi.spyOn(boxes, "open").mockImplementation(async (name) => {
      const cache = await open(name);
      const put = (url: string, response: Response): Promise<void> =>
        url === "/c" ? Promise.reject(full) : cache.put(url, response);
      return { ...cache, put };
    });
    await expect(keep(store, given("quiet", "/a", "/b", "/c"), () => undefined)).rejects.toBe(full);
    expect((await store.sessions()).map(({ session }) => session)).toEqual(["strong"]);
    expect(boxes.urls()).toEqual(["/a", "/i18n.js", OFFLINE_URL, "/play/kept/strong/"]);
  });
});

describe("renewing", () => {
  test("fetches what is new, drops what nobody needs any more", async () => {
    await keep(store, given("quiet", "/a", "/b"), () => undefined);
    asked = [];
    await keep(store, given("quiet", "/b", "/c"), () => undefined);
    expect(asked).not.toContain("/b");
    expect(boxes.urls()).toEqual(["/b", "/c", "/i18n.js", OFFLINE_URL, "/play/kept/quiet/"]);
  });

  test("that breaks off leaves the session as it was kept", async () => {
    const before = await keep(store, given("quiet", "/a"), () => undefined);
    const urls = boxes.urls();
    site.delete("/c");
    await expect(keep(store, given("quiet", "/b", "/c"), () => undefined)).rejects.toThrow();
    expect(await store.session("quiet")).toEqual(before);
    expect(boxes.urls()).toEqual(urls);
  });
});

describe("renewing a page that plays", () => {
  test("leaves it the files it came with", async () => {
    const before = await keep(store, given("quiet", "/a", "/b"), () => undefined);
    await store.putRun(newRun(before, new Date()));
    await keep(store, given("quiet", "/b", "/c"), () => undefined);
    expect(boxes.urls()).toContain("/a");
    for (const { id } of await store.runs()) await store.forget(id);
  });

  test("that fails among the pages puts the old ones back", async () => {
    await keep(store, given("quiet", "/a"), () => undefined);
    const text = async (): Promise<string> =>
      (await (await boxes.open(CACHE)).match("/play/kept/quiet/"))!.text();
    const old = await text();
    site.set("/play/kept/quiet/", () => new Response("new"));
    const open = boxes.open.bind(boxes);
    let isFull = true;
    vi.spyOn(boxes, "open").mockImplementation(async (name) => {
      const cache = await open(name);
      const put = (url: string, response: Response): Promise<void> => {
        if (url !== "/i18n.js" || !isFull) return cache.put(url, response);
        isFull = false;
        return Promise.reject(new DOMException("full", "QuotaExceededError"));
      };
      return { ...cache, put };
    });
    await expect(keep(store, given("quiet", "/a"), () => undefined)).rejects.toThrow("full");
    expect(await text()).toBe(old);
  });
});

describe("before a kept session begins", () => {
  const answer = (what: () => Response): void => {
    vi.stubGlobal("document", { cookie: "csrftoken=abc" });
    site.set("/api/kept/quiet", what);
  };
  const refusal = (status: number, code: string) => () =>
    Response.json({ error: { code, message: "Not today.", faults: [] } }, { status });

  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
  });

  test("a new plan is taken with its files", async () => {
    const kept = await keep(store, given("quiet", "/a"), () => undefined);
    const fresh = given("quiet", "/b");
    fresh.payload.run.timeline_hash = "b".repeat(64);
    answer(() => Response.json(fresh));
    expect(await renewed(store, kept, NOW)).toMatchObject({
      kind: "begin",
      kept: { package: fresh },
    });
    expect(boxes.urls()).toContain("/b");
  });

  test("of the same plan the files can wait", async () => {
    const kept = await keep(store, given("quiet", "/a"), () => undefined);
    const fresh = given("quiet", "/b");
    answer(() => Response.json(fresh));
    expect(await renewed(store, kept, NOW)).toEqual({ kind: "begin", kept, again: fresh });
    expect(boxes.urls()).not.toContain("/b");
  });

  test.each([
    ["no network", null],
    ["a proxy in its place", () => new Response("<html>", { status: 404 })],
    ["a page in its place", () => new Response("<html>")],
    ["a session that is gone", refusal(404, "not-found")],
    ["a new plan whose files do not come", () => Response.json(other())],
  ])("%s lets it begin as it was kept", async (_what, what) => {
    const kept = await keep(store, given("quiet", "/a"), () => undefined);
    if (what) answer(what);
    expect(await renewed(store, kept, NOW)).toEqual({ kind: "begin", kept, again: null });
    expect(await store.session("quiet")).toEqual(kept);
  });

  test("a sign to look at first stops it, and the next time without a network too", async () => {
    const kept = await keep(store, given("quiet", "/a"), () => undefined);
    answer(refusal(409, "stopped"));
    expect(await renewed(store, kept, NOW)).toEqual({ kind: "stopped" });
    site.delete("/api/kept/quiet");
    expect(await renewed(store, kept, NOW)).toEqual({ kind: "stopped" });
    answer(() => Response.json(given("quiet", "/a")));
    expect(await renewed(store, kept, NOW)).toMatchObject({ kind: "begin" });
    site.delete("/api/kept/quiet");
    expect(await renewed(store, kept, NOW)).toMatchObject({ kind: "begin" });
  });

  test("what is for members asks the site again when its time is over", async () => {
    const until = "2026-03-02T07:00:00Z";
    const kept = await keep(store, { ...given("quiet", "/a"), until }, () => undefined);
    expect(await renewed(store, kept, new Date("2026-03-02T06:59:59Z"))).toMatchObject({
      kind: "begin",
    });
    expect(await renewed(store, kept, NOW)).toEqual({ kind: "over" });
    const later = "2026-04-02T07:00:00Z";
    answer(() => Response.json({ ...given("quiet", "/a"), until: later }));
    expect(await renewed(store, kept, NOW)).toMatchObject({ kind: "begin" });
    site.delete("/api/kept/quiet");
    const renewedOne = (await store.session("quiet"))!;
    expect(renewedOne.package.until).toBe(later);
    expect(await renewed(store, renewedOne, NOW)).toMatchObject({ kind: "begin" });
  });

  test("connected is enough, although the files of a new plan do not come", async () => {
    const until = "2026-03-02T07:00:00Z";
    const kept = await keep(store, { ...given("quiet", "/a"), until }, () => undefined);
    answer(() => Response.json({ ...other(), until: null }));
    expect(await renewed(store, kept, NOW)).toMatchObject({ kind: "begin", again: null });
    expect((await store.session("quiet"))?.package.until).toBeNull();
  });

  test("a membership that is over says so in the words of the site, and leaves all logs", async () => {
    const kept = await keep(store, given("quiet", "/a"), () => undefined);
    const run = newRun(kept, NOW);
    await store.putRun(run);
    answer(refusal(403, "members-only"));
    expect(await renewed(store, kept, NOW)).toEqual({
      kind: "members-only",
      message: "Not today.",
    });
    expect(await store.run(run.id)).toEqual(run);
    expect(await store.session("quiet")).toEqual(kept);
  });

  test("where nothing of it is left the site says why", async () => {
    const kept = await keep(store, given("quiet", "/a"), () => undefined);
    answer(refusal(409, "nothing-left"));
    expect(await renewed(store, kept, NOW)).toEqual({ kind: "left", message: "Not today." });
  });

  function other(): Package {
    const fresh = given("quiet", "/missing");
    fresh.payload.run.timeline_hash = "c".repeat(64);
    return fresh;
  }
});

describe("removing", () => {
  test("tells the site where there is a network", async () => {
    vi.stubGlobal("navigator", { onLine: true });
    vi.stubGlobal("document", { cookie: "csrftoken=abc" });
    await keep(store, given("quiet", "/a"), () => undefined);
    site.set("/api/kept/quiet", () => new Response(null, { status: 204 }));
    await remove(store, "quiet");
    await vi.waitFor(() => expect(asked).toContain("/api/kept/quiet"));
  });

  test("does not tell the site before it has what was played", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    vi.stubGlobal("navigator", { onLine: true });
    vi.stubGlobal("document", { cookie: "csrftoken=abc" });
    const kept = await keep(store, given("quiet", "/a"), () => undefined);
    const run = newRun(kept, new Date());
    await store.putRun(run);
    const outbox = await openOutbox(run.id);
    const at = new Date().toISOString();
    await outbox.put([{ format: 1, id: run.id, device: run.id, seq: 1, at, type: "paused" }]);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const done = vi.spyOn(store, "runsOf");
    await remove(store, "quiet");
    vi.useRealTimers();
    await vi.waitFor(() => expect(done).toHaveBeenCalled());
    expect(asked).not.toContain("/api/kept/quiet");
    await outbox.drop([run.id]);
    await store.forget(run.id);
  });

  test("takes the files of one session and leaves those that another needs", async () => {
    await keep(store, given("quiet", "/a", "/b"), () => undefined);
    await keep(store, given("strong", "/b", "/c"), () => undefined);
    await remove(store, "quiet");
    expect(boxes.urls()).toEqual(["/b", "/c", "/i18n.js", OFFLINE_URL, "/play/kept/strong/"]);
    await remove(store, "strong");
    expect(boxes.stored.has(CACHE)).toBe(false);
  });

  test("a download whose tab was closed is cleared away later", async () => {
    vi.stubGlobal("navigator", {
      locks: {
        request: (_name: string, _how: object, work: (lock: object) => unknown) => work({}),
      },
    });
    const cache = await boxes.open(CACHE);
    await cache.put("/a", new Response(""));
    await tidy(store);
    expect(boxes.stored.has(CACHE)).toBe(false);
  });
});

describe("asking the site", () => {
  beforeEach(() => vi.stubGlobal("document", { cookie: "theme=dark; csrftoken=abc" }));

  test("carries the token that the cookie holds now", async () => {
    const headers: unknown[] = [];
    vi.stubGlobal("fetch", (_url: string, init: RequestInit) => {
      headers.push(init.headers);
      return Promise.resolve(Response.json(given("quiet")));
    });
    await askPackage("/api/kept/quiet", "/sessions/quiet/");
    expect(headers).toEqual([{ "X-CSRFToken": "abc" }]);
    expect(token()).toBe("abc");
  });

  test("gets a token first where there is none", async () => {
    const page = { cookie: "" };
    vi.stubGlobal("document", page);
    vi.stubGlobal("fetch", (url: string) => {
      page.cookie = `csrftoken=from${url}`;
      return Promise.resolve(new Response(""));
    });
    expect(await freshToken("/sessions/quiet/")).toBe("from/sessions/quiet/");
  });

  test("a refusal comes in the site's own words", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(
        Response.json({ error: { code: "stopped", message: "Not today." } }, { status: 409 }),
      ),
    );
    const asking = askPackage("/api/kept/quiet", "/");
    await expect(asking).rejects.toThrow(Refusal);
    await expect(asking).rejects.toThrow("Not today.");
    await expect(asking).rejects.toMatchObject({ code: "stopped" });
  });

  test("a package of another format is not taken", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ ...given("quiet"), format: 2 })));
    await expect(askPackage("/api/kept/quiet", "/")).rejects.toThrow("format 2");
  });
});
