// SPDX-License-Identifier: Apache-2.0
// Erasing at the site also clears this browser. A header asks for the same, but is not heeded over
// plain HTTP, as in a home network.

import { KEPT, OUTBOX } from "../kept-names";

/** Whether the page says that all was just erased: then nothing new is put into this browser. */
export function isErased(page: Document, search: string): boolean {
  const asked = new URLSearchParams(search).has("erased");
  return asked && page.querySelector('.message[role="status"]') !== null;
}

/** Clears what this browser keeps, where the page says that the site has just erased its part. */
export function enhanceErasure(page: Document, search: string): void {
  if (!isErased(page, search)) return;
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("hipfirst-")) localStorage.removeItem(key);
    }
    for (const name of [OUTBOX, KEPT]) indexedDB.deleteDatabase(name);
    void dropWorker();
  } catch (error) {
    console.warn("This browser does not let its storage be cleared.", error);
  }
}

/** The service worker with its caches, kept sessions among them. Absent over plain HTTP. */
async function dropWorker(): Promise<void> {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  const workers = (await serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  const names = "caches" in globalThis ? await caches.keys() : [];
  await Promise.all(names.map((name) => caches.delete(name)));
}
