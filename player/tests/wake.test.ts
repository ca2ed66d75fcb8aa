// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WakeLock } from "../src/wake";

interface Lock {
  released: boolean;
  release: () => Promise<void>;
}

/** The locks the browser gave, and those it has yet to give. */
let given: Lock[] = [];
let asked: (() => void)[] = [];

const give = async (): Promise<void> => {
  for (const answer of asked.splice(0)) answer();
  await new Promise((resolve) => setTimeout(resolve));
};
const held = (): number => given.filter(({ released }) => !released).length;

function lock(): Lock {
  const made: Lock = {
    released: false,
    release: () => {
      made.released = true;
      return Promise.resolve();
    },
  };
  given.push(made);
  return made;
}

beforeEach(() => {
  [given, asked] = [[], []];
  const request = (): Promise<Lock> => new Promise((resolve) => asked.push(() => resolve(lock())));
  vi.stubGlobal("navigator", { wakeLock: { request } });
});
afterEach(() => vi.unstubAllGlobals());

test("the screen stays on while that is wanted", async () => {
  const wake = new WakeLock();
  wake.want(true);
  await give();
  expect(held()).toBe(1);
  wake.want(false);
  await give();
  expect(held()).toBe(0);
});

test("a lock that comes too late is let go", async () => {
  const wake = new WakeLock();
  wake.want(true);
  wake.want(false);
  await give();
  expect(held()).toBe(0);
});

test("of locks asked for in quick turns one is held, and none when it is over", async () => {
  const wake = new WakeLock();
  wake.want(true);
  wake.want(false);
  wake.want(true);
  await give();
  expect(held()).toBe(1);
  wake.want(false);
  await give();
  expect(held()).toBe(0);
});
