// SPDX-License-Identifier: Apache-2.0

import { expect, test } from "vitest";
import { nameOf, routeOf } from "../src/sw-routes";

const SITE = "https://site.example";

test.each([
  ["a page", "GET", "navigate", "/library/", "page"],
  ["a run on the site", "GET", "navigate", "/play/6f1d7a52-7a49-4a6a-9d43-0c6de6c6a1f0/", "page"],
  ["what is kept about a person", "GET", "navigate", "/privacy/", "page"],
  ["the page of a kept session", "GET", "navigate", "/play/kept/ten-quiet-minutes/", "kept"],
  ["with a query", "GET", "navigate", "/play/kept/ten-quiet-minutes/?x=1", "kept"],
  ["a form", "POST", "navigate", "/sessions/ten-quiet-minutes/play/", "pass"],
  ["a page that a script asks for", "GET", "cors", "/library/?kind=session", "pass"],
  ["a built file", "GET", "cors", "/static/site-abcdefgh.js", "file"],
  ["a clip", "GET", "cors", "/media/packs/starter/clam.0123456789ab.json", "file"],
  ["the words", "GET", "no-cors", "/i18n.js", "words"],
  ["the log of a run", "GET", "cors", "/api/runs/1", "pass"],
  ["events", "POST", "cors", "/api/runs/1/events", "pass"],
  ["an export", "GET", "cors", "/privacy/my-data.json", "pass"],
])("%s: %s %s %s goes to %s", (_what, method, mode, path, route) => {
  expect(routeOf({ method, mode, url: SITE + path }, SITE)).toBe(route);
});

test("other sites are none of its business", () => {
  const asked = { method: "GET", mode: "navigate", url: "https://other.example/static/a.js" };
  expect(routeOf(asked, SITE)).toBe("pass");
});

test.each([
  [`${SITE}/play/kept/ten-quiet-minutes/`, "kept"],
  [`${SITE}/library/`, "words"],
  ["https://other.example/play/kept/ten-quiet-minutes/", "words"],
  ["", "words"],
])("the words for %s are %s", (referrer, route) => {
  const asked = { method: "GET", mode: "no-cors", url: `${SITE}/i18n.js`, referrer };
  expect(routeOf(asked, SITE)).toBe(route);
});

test("a worker with other files has a cache of another name", () => {
  expect(nameOf(["/static/a-1.js", "/static/b-1.js"])).toBe(
    nameOf(["/static/b-1.js", "/static/a-1.js"]),
  );
  expect(nameOf(["/static/a-1.js"])).not.toBe(nameOf(["/static/a-2.js"]));
});
