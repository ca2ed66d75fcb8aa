// SPDX-License-Identifier: Apache-2.0

import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openOutbox } from "../src/outbox";
import { enhanceErasure } from "../src/site/erasure";
import { DEVICE } from "./drive";

const page = (message: object | null): Document =>
  ({ querySelector: () => message }) as unknown as Document;

const names = async (): Promise<(string | undefined)[]> =>
  (await indexedDB.databases()).map(({ name }) => name);

beforeEach(() => {
  const storage = { "hipfirst-device": DEVICE, "hipfirst-sound": "off", other: "stays" };
  const removeItem = (key: keyof typeof storage): boolean => Reflect.deleteProperty(storage, key);
  Object.defineProperty(storage, "removeItem", { value: removeItem });
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("navigator", {});
});
afterEach(() => vi.unstubAllGlobals());

test("after an erasure this browser keeps nothing, even where a player is open", async () => {
  await openOutbox("a run");
  expect(await names()).toEqual(["hipfirst"]);
  enhanceErasure(page({}), "?erased");
  await vi.waitFor(async () => expect(await names()).toEqual([]));
  expect(Object.keys(localStorage)).toEqual(["other"]);
});

test("no other page clears anything", async () => {
  await openOutbox("a run");
  enhanceErasure(page({}), "");
  enhanceErasure(page(null), "?erased");
  expect(await names()).toEqual(["hipfirst"]);
  expect(Object.keys(localStorage)).toHaveLength(3);
});
