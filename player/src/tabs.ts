// SPDX-License-Identifier: Apache-2.0
// Two tabs of one run: the one that acted last plays, the other stands still.

import type { RunEvent } from "./wire";

export interface Tabs {
  /** Says that this tab plays the run now. */
  claim(): void;
  /** Tells the other tabs what was logged here. */
  share(events: readonly RunEvent[]): void;
  close(): void;
}

interface Listener {
  /** Another tab plays the run now. */
  onClaim: () => void;
  /** Another tab logged events. */
  onEvents: (events: unknown[]) => void;
}

type Message = { kind: "claim" } | { kind: "events"; events: unknown[] };

/** Watches the other tabs of the run. */
export function watchTabs(run: string, { onClaim, onEvents }: Listener): Tabs {
  const channel = new BroadcastChannel(`hipfirst-run-${run}`);
  const say = (message: Message): void => {
    channel.postMessage(message);
  };
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if (data.kind === "claim") onClaim();
    else onEvents(data.events);
  });
  return {
    claim() {
      say({ kind: "claim" });
    },
    share(events) {
      if (events.length > 0) say({ kind: "events", events: [...events] });
    },
    close() {
      channel.close();
    },
  };
}
