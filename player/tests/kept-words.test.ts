// SPDX-License-Identifier: Apache-2.0

import { describe, expect, test } from "vitest";
import { snapshot } from "../src/snapshot";
import * as go from "../src/transitions";
import { end } from "../src/view/end";
import { topBar } from "../src/view/frame";
import { intro } from "../src/view/intro";
import type { Look, Model } from "../src/view/model";
import { panel } from "../src/view/panel";
import { recallHearing } from "../src/voice-settings";
import type { Timeline } from "../src/wire";
import { at, Drive, payload } from "./drive";
import { drawn, text } from "./markup";

const LOOK: Look = {
  xray: false,
  sound: true,
  hearing: recallHearing(),
  noVoice: false,
  mediaButtons: false,
  moves: true,
  waiting: false,
  unknown: false,
  ask: null,
};

function model(drive: Drive, look: Partial<Look> = {}): Model {
  return {
    now: snapshot(drive.frame, drive.state, drive.now),
    look: { ...LOOK, ...look },
    payload: { ...payload(), timeline: drive.frame.timeline, check_url: "/check/?next=/a/" },
    verbs: {} as Model["verbs"],
    begun: drive.events.length > 0,
  };
}

describe("a sign that stops all sessions", () => {
  const LINE = "Your knee check names a sign";
  const going = (): Drive => new Drive().do(go.start).until("work");

  test("is told once the session stands still, with the way to the advice", () => {
    const paused = drawn(panel(model(going().do(go.pause), { stopped: true })));
    expect(paused).toContain(LINE);
    expect(paused).toContain("/check/advice/");
    expect(text(end(model(going().do(go.endNow), { stopped: true })))).toContain(LINE);
    expect(text(intro(model(new Drive(), { stopped: true })))).toContain(LINE);
  });

  test("does not break into the work, and is not there without cause", () => {
    expect(text(panel(model(going(), { stopped: true })))).not.toContain(LINE);
    expect(text(panel(model(going().do(go.pause), { stopped: false })))).not.toContain(LINE);
  });
});

test.each([
  [{ waiting: true }, "Offline: kept here for now"],
  [{ waiting: true, stranger: true }, "Not recognised: kept here for now"],
  [{ unstored: true }, "Not stored: keep this page open"],
  [{ unstored: true, waiting: true }, "Offline, and nothing can be stored"],
  [{ unknown: true }, "This site no longer knows this session"],
])("how it stands with the site is said: %j", (look, said) => {
  expect(text(topBar(model(new Drive(), look)))).toContain(said);
});

test("before it begins, a session names the movement that comes in place of one that rests", () => {
  const plan = payload().timeline;
  const aching = at(new Drive([], plan));
  const resting: Timeline = { ...plan, resting: [aching] };
  const drive = new Drive([], resting);
  const said = text(intro(model(drive)));
  expect(said).toContain("What hurt today or yesterday rests in this session");
  const { name } = snapshot(drive.frame, drive.do(go.start).state, drive.now).here.rung;
  expect(said).toContain(`First: ${name}`);
  expect(text(intro(model(new Drive([], plan))))).not.toContain("What hurt");
});
