// SPDX-License-Identifier: Apache-2.0

import { expect, test } from "vitest";
import { enhanceComments } from "../src/site/comments";

const SENT = "hipfirst-draft-sent";
const DRAFT = "hipfirst-draft:/comments/on/session/bridge/";

/** A page that has what these selectors begin with. */
const page = (...has: string[]): Document =>
  ({
    querySelectorAll: () => [],
    querySelector: (selector: string) =>
      has.some((each) => selector.startsWith(each)) ? {} : null,
    location: { hash: "" },
  }) as unknown as Document;

/** What is kept after a draft was sent and this page came. */
function after(came: Document): string[] {
  const kept = new Map([
    [DRAFT, "A long story."],
    [SENT, DRAFT],
  ]);
  const tab = {
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
  };
  enhanceComments(came, tab as unknown as Storage);
  return [...kept.keys()];
}

test("a draft goes where the page says that it arrived", () => {
  expect(after(page("[data-comments]", '[role="status"]'))).toEqual([]);
  expect(after(page("[data-sent]"))).toEqual([]);
});

test("a draft stays where something went wrong, and where nothing says that it arrived", () => {
  expect(after(page())).toEqual([DRAFT]);
  expect(after(page("[data-comments]"))).toEqual([DRAFT]);
  expect(after(page('[role="status"]'))).toEqual([DRAFT]);
});
