// SPDX-License-Identifier: Apache-2.0
// The player without a site, to look at while working on it: `npm run dev`, then /static/dev.html.
// ?run=UUID keeps the run over reloads; ?short makes each bout a few seconds long.

import "../src/styles/site.css";
import { mount } from "../src/mount";
import type { Payload, Timeline } from "../src/wire";

const place = document.getElementById("player");
if (!place) throw new Error("dev.html has no #player");
const asked = new URLSearchParams(location.search);
const run = asked.get("run") ?? crypto.randomUUID();
const answer = await fetch(`/dev-site/payload/${run}`);
const payload = (await answer.json()) as Payload;
await mount(place, {
  ...payload,
  run: { ...payload.run, id: run },
  timeline: asked.has("short") ? shortened(payload.timeline) : payload.timeline,
});

function shortened(timeline: Timeline): Timeline {
  return {
    ...timeline,
    slots: timeline.slots.map((slot) => ({
      ...slot,
      bouts: slot.bouts.map((bout) => ({
        ...bout,
        get_ready_s: Math.min(bout.get_ready_s, 4),
        rest_after_s: Math.min(bout.rest_after_s, 4),
      })),
      rungs: slot.rungs.map((rung) => ({ ...rung, work: { ...rung.work, reps: 1 } })),
    })),
  };
}
