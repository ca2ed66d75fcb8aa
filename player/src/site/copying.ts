// SPDX-License-Identifier: Apache-2.0
// A button that copies what stands in a field; without it the field can be selected by hand.

export function enhanceCopying(page: Document, clipboard: Clipboard | undefined): void {
  if (!clipboard) return;
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-copies]")) {
    const field = page.getElementById(button.dataset["copies"] ?? "");
    if (field instanceof HTMLInputElement) serve(button, field, clipboard);
  }
}

function serve(button: HTMLButtonElement, field: HTMLInputElement, clipboard: Clipboard): void {
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => {
    field.select();
    // Where the browser refuses, the address is selected and can be copied by hand.
    clipboard.writeText(field.value).then(
      () => (button.textContent = button.dataset["copied"] ?? button.textContent),
      () => undefined,
    );
  });
}
