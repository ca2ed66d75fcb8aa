// SPDX-License-Identifier: Apache-2.0
// The service worker, the button that keeps a session, the list of those kept, and what still waits
// to be delivered. Without a service worker (plain HTTP in a home network) nothing of it shows.

import { isDatabase, OUTBOX } from "../kept-names";

export async function enhanceOffline(page: Document): Promise<void> {
  void deliver();
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker) return;
  try {
    const widget = page.querySelector<HTMLElement>("[data-keep]");
    const list = page.querySelector<HTMLElement>("[data-kept-list]");
    const view = widget || list ? await import("../kept-view") : null;
    if (list) await view?.showList(page, list);
    await afterLoad();
    await serviceWorker.register("/sw.js", { scope: "/" });
    await serviceWorker.ready;
    if (widget) await view?.showKeep(widget);
  } catch (error) {
    console.warn("This browser keeps no sessions.", error);
  }
}

/** A page from the cache comes in the colours of the day it was kept: the cookie knows better. */
export function recallTheme(page: Document): void {
  const chosen = /(?:^|;\s*)theme=(light|dark)/.exec(page.cookie)?.[1];
  if (chosen) page.documentElement.dataset["theme"] = chosen;
}

/** Sends what an earlier page could not: now, when the network is back, when one looks again. */
async function deliver(): Promise<void> {
  // A player sends its own events, and whoever has none needs no courier.
  if (document.getElementById("player") || !(await isDatabase(OUTBOX))) return;
  try {
    const { deliverAll } = await import("../kept-deliver");
    const couriers = await deliverAll();
    const again = (): void => {
      for (const courier of couriers) void courier.flush();
    };
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") again();
    });
  } catch (error) {
    console.warn("What waits in this browser could not be sent.", error);
  }
}

/** The page comes first. */
async function afterLoad(): Promise<void> {
  if (document.readyState === "complete") return;
  await new Promise((resolve) => {
    window.addEventListener("load", resolve, { once: true });
  });
}
