// SPDX-License-Identifier: Apache-2.0
// What the end of a run leads to: after a preview, and where the knees are asked after.

import { describe, expect, test } from "vitest";
import * as go from "../src/transitions";
import { end } from "../src/view/end";
import { topBar } from "../src/view/frame";
import type { Model } from "../src/view/model";
import { upToDate, type Payload } from "../src/wire";
import { rate } from "../src/yielding";
import { changed, Drive, payload } from "./drive";
import { drawn, text } from "./markup";
import { model, working } from "./model";
import { sides } from "./sides";

const PAGES = { today_url: "/today/", progress_url: "/progress/", join_url: "/join/" };
const NO_PAGES = { today_url: "", progress_url: "", join_url: "" };
const RATING = { pain_left: 1, pain_right: 0, effort: 4, note: "" };

function shown(drive: Drive, pages: Partial<Payload> = PAGES, look: Partial<Model["look"]> = {}) {
  const plain = model(drive);
  return {
    ...plain,
    payload: { ...plain.payload, ...pages },
    look: { ...plain.look, ...look },
  };
}

const rated = (drive: Drive): Drive => drive.do(go.endNow).do((...now) => rate(...now, RATING));

describe("a preview", () => {
  const plan = changed((timeline) => {
    timeline.preview_of = 13;
  });

  test("is named all along", () => {
    expect(text(topBar(shown(working(0, plan))))).toContain("Preview: first 3 of 13");
    expect(text(topBar(shown(working(0))))).not.toContain("Preview");
  });

  test("says at its end what was left out, and how one becomes a member", () => {
    const said = drawn(end(shown(working(0, plan).do(go.endNow))));
    expect(said).toContain("That was the preview.");
    expect(said).toMatch(/These were the first 3 of 13 exercises of .*for members/s);
    expect(said).toContain("/join/");
    expect(said).toContain("See what membership is");
    expect(said).toContain(payload().session_url);
  });

  test("promises no question that will not be asked", () => {
    const said = drawn(end(shown(rated(working(0, plan)))));
    expect(said).not.toContain("In an hour");
  });

  test("leads nowhere that cannot be reached", () => {
    const ended = working(0, plan).do(go.endNow);
    for (const far of [shown(ended, PAGES, { waiting: true }), shown(ended, NO_PAGES)]) {
      expect(text(end(far))).not.toContain("See what membership is");
    }
  });
});

describe("afterwards", () => {
  const asks = "In an hour and tomorrow morning we ask how your knees took it.";

  test("whoever told how it was reads when the knees are asked after, and where", () => {
    expect(text(end(shown(working(0).do(go.endNow))))).not.toContain(asks);
    const said = drawn(end(shown(rated(working(0)))));
    expect(said).toContain(asks);
    expect(said).toContain("/today/");
  });

  test("without a network the words stay and the way does not", () => {
    const said = drawn(end(shown(rated(working(0)), PAGES, { waiting: true })));
    expect(said).toContain(asks);
    expect(said).not.toContain("/today/");
  });

  test("nothing was done, nothing is asked", () => {
    expect(text(end(shown(rated(new Drive().do(go.start)))))).not.toContain(asks);
  });

  test("results lead to the page that shows how they change", () => {
    const drive = working(0, sides()).wait(20).do(go.stop).wait(2).do(go.endNow);
    expect(drawn(end(shown(drive)))).toContain("/progress/");
    expect(drawn(end(shown(drive, PAGES, { waiting: true })))).not.toContain("/progress/");
  });
});

test("what was kept by an earlier player is played with all that this one reads", () => {
  const old = structuredClone(payload()) as Partial<Payload>;
  delete old.today_url;
  delete old.progress_url;
  delete old.join_url;
  delete (old.timeline as { preview_of?: number }).preview_of;
  for (const { rungs } of old.timeline?.slots ?? []) {
    for (const { work } of rungs) delete (work as { measured?: boolean }).measured;
  }
  expect(upToDate(old as Payload)).toEqual({ ...payload(), ...NO_PAGES });
});
