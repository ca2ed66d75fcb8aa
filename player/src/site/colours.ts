// SPDX-License-Identifier: Apache-2.0
// The page of settings: the sample of the colours follows what is typed, before it is sent.

const COLOUR = /^#[0-9a-f]{6}$/i;

/** Fields say `data-colour="pine-light"`; what is drawn in that colour says `data-fill` the same. */
export function enhanceColours(page: ParentNode): void {
  for (const field of page.querySelectorAll<HTMLInputElement>("input[data-colour]")) {
    const drawn = page.querySelectorAll(`[data-fill="${field.dataset["colour"] ?? ""}"]`);
    field.addEventListener("input", () => {
      const colour = field.value.trim() || field.placeholder;
      if (!COLOUR.test(colour)) return;
      for (const each of drawn) each.setAttribute("fill", colour);
    });
  }
}
