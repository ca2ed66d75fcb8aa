// SPDX-License-Identifier: Apache-2.0
// Lets the run go on while its page is hidden, so that one can train by ear with a dark screen.

/** Between two looks at the time [ms]: a count comes when it is due, as far as one hears. */
const LOOK_MS = 250;

/**
 * Calls `look` several times a second while the page is hidden, each time only if `wanted` by then.
 *
 * Frames stop with the page, and its timers are slowed down to one in a second or in a minute;
 * those of a worker keep their pace as long as the browser lets the page live at all.
 */
export function lookWhileHidden(page: Document, wanted: () => boolean, look: () => void): void {
  let stop: (() => void) | null = null;
  const lookIfWanted = (): void => {
    if (wanted()) look();
  };
  page.addEventListener("visibilitychange", () => {
    stop?.();
    stop = page.visibilityState === "hidden" ? ticking(lookIfWanted) : null;
  });
}

function ticking(look: () => void): () => void {
  const timer = setInterval(look, LOOK_MS);
  const worker = startWorker(look);
  return () => {
    clearInterval(timer);
    worker?.terminate();
  };
}

function startWorker(look: () => void): Worker | null {
  if (typeof Worker === "undefined") return null;
  const worker = new Worker(new URL("./background-worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = look;
  // Offline the file may be missing: then the page's own slower timer has to do.
  worker.onerror = (event) => {
    event.preventDefault();
  };
  worker.postMessage(LOOK_MS);
  return worker;
}
