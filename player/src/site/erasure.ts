// SPDX-License-Identifier: Apache-2.0
// Erasing at the site also clears this browser. A header asks for the same, but is not heeded over
// plain HTTP, as in a home network.

/** Clears what this browser keeps, where the page says that the site has just erased its part. */
export function enhanceErasure(page: Document, search: string): void {
  const isErased = new URLSearchParams(search).has("erased");
  if (!isErased || !page.querySelector('.message[role="status"]')) return;
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("hipfirst-")) localStorage.removeItem(key);
    }
    indexedDB.deleteDatabase("hipfirst");
  } catch (error) {
    console.warn("This browser does not let its storage be cleared.", error);
  }
}
