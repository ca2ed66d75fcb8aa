// SPDX-License-Identifier: Apache-2.0
// Passkeys where they can work, and a sentence where one did not. The pages have all the words.

/** Whether this browser can make passkeys for this address: never for a bare IP address. */
export function canUsePasskeys(page: Window): boolean {
  const isAddress = /^[\d.]+$|:/.test(page.location.hostname);
  return !isAddress && "PublicKeyCredential" in page;
}

export function enhancePasskeys(page: Document): void {
  const view = page.defaultView;
  if (!view || !canUsePasskeys(view)) return;
  for (const part of page.querySelectorAll<HTMLElement>("[data-passkey]")) part.hidden = false;
  for (const part of page.querySelectorAll<HTMLElement>("[data-passkey-missing]")) {
    part.hidden = true;
  }
  const show = (what: "asking" | "error"): void => {
    for (const each of ["asking", "error"]) {
      for (const part of page.querySelectorAll<HTMLElement>(`[data-passkey-${each}]`)) {
        part.hidden = each !== what;
      }
    }
  };
  // Some browsers wait for minutes for a passkey that is elsewhere, and show nothing meanwhile.
  for (const button of page.querySelectorAll("[data-passkey] button")) {
    button.addEventListener("click", () => {
      show("asking");
    });
  }
  // What the script of the sign-in library says when the device or the person said no.
  page.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("error");
  });
}
