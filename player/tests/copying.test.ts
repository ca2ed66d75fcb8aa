// SPDX-License-Identifier: Apache-2.0

import { afterEach, expect, test, vi } from "vitest";
import { enhanceCopying } from "../src/site/copying";

class Field {
  value = "https://example.org/report/secret/";
  selected = false;
  select(): void {
    this.selected = true;
  }
}

class Button {
  hidden = true;
  textContent = "Copy";
  dataset = { copies: "address", copied: "Copied" };
  pressed: (() => void)[] = [];
  setAttribute(): void {
    // Nobody reads it here.
  }
  addEventListener(_kind: string, then: () => void): void {
    this.pressed.push(then);
  }
}

function page(): { document: Document; button: Button; field: Field } {
  vi.stubGlobal("HTMLInputElement", Field);
  const [button, field] = [new Button(), new Field()];
  const document = { querySelectorAll: () => [button], getElementById: () => field };
  return { document: document as unknown as Document, button, field };
}

afterEach(() => vi.unstubAllGlobals());

test("the button copies what the field holds, and says so", async () => {
  const copied: string[] = [];
  const { document, button, field } = page();
  const writeText = (text: string): Promise<void> => Promise.resolve(void copied.push(text));
  enhanceCopying(document, { writeText } as unknown as Clipboard);
  expect(button.hidden).toBe(false);
  button.pressed.forEach((press) => press());
  await Promise.resolve();
  expect(copied).toEqual([field.value]);
  expect(button.textContent).toBe("Copied");
});

test("where the browser refuses, the address stays selected", async () => {
  const { document, button, field } = page();
  const writeText = (): Promise<void> => Promise.reject(new Error("not allowed"));
  enhanceCopying(document, { writeText } as unknown as Clipboard);
  button.pressed.forEach((press) => press());
  await Promise.resolve();
  expect(field.selected).toBe(true);
  expect(button.textContent).toBe("Copy");
});

test("without a clipboard the button stays away", () => {
  const { document, button } = page();
  enhanceCopying(document, undefined);
  expect(button.hidden).toBe(true);
});
