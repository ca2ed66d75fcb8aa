// SPDX-License-Identifier: Apache-2.0

import { expect, test } from "vitest";
import { enhanceZone } from "../src/site/zone";

const input = (): { value: string } => ({ value: "" });
const list = (...zones: string[]): { value: string; options: { value: string }[] } => ({
  value: "UTC",
  options: zones.map((value) => ({ value })),
});
const page = (...fields: object[]): Document =>
  ({ querySelectorAll: () => fields }) as unknown as Document;

test("a hidden field takes the zone of the device along", () => {
  const field = input();
  enhanceZone(page(field), "Europe/Vienna");
  expect(field.value).toBe("Europe/Vienna");
});

test("a list changes to it only where the site knows it", () => {
  const [known, unknown] = [list("UTC", "Europe/Vienna"), list("UTC")];
  enhanceZone(page(known, unknown), "Europe/Vienna");
  expect([known.value, unknown.value]).toEqual(["Europe/Vienna", "UTC"]);
});

test("a name that the list has given up finds the zone it stands for", () => {
  const old = new Intl.DateTimeFormat("en", { timeZone: "Asia/Kolkata" }).resolvedOptions();
  const field = list("UTC", "No/Where", "Asia/Kolkata");
  enhanceZone(page(field), old.timeZone);
  expect(field.value).toBe("Asia/Kolkata");
});

test("a device without a zone leaves everything as it is", () => {
  const field = input();
  enhanceZone(page(field), "");
  expect(field.value).toBe("");
});
