// SPDX-License-Identifier: Apache-2.0

import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "../src/app";
import { Conductor } from "../src/conductor";
import { Courier } from "../src/courier";
import { newId } from "../src/device";
import { openOutbox } from "../src/outbox";
import { Sounds } from "../src/sounds";
import { watchTabs, type Tabs } from "../src/tabs";
import * as transitions from "../src/transitions";
import { PlayerElement } from "../src/view/player-element";
import { frame, payload, T0 } from "./drive";

const open: Tabs[] = [];

beforeEach(() => vi.stubGlobal("navigator", {}));
afterEach(() => {
  for (const tabs of open.splice(0)) tabs.close();
  vi.unstubAllGlobals();
});

/** A tab of the run, put together as a page does it. */
async function tab(run: string) {
  const outbox = await openOutbox(run);
  const conductor: Conductor = new Conductor(
    { ...frame(), newId },
    [],
    () => T0,
    (events) => tabs.share(events),
  );
  const courier = new Courier(
    {
      outbox,
      post: () => Promise.reject(new TypeError("Failed to fetch")),
      alone: (work) => work(),
      seen: () => conductor.state.run.last_seq,
      renumber: (event) => conductor.renumber(event),
      onOthers: (events) => conductor.absorb(events),
      onWaiting: () => undefined,
      onUnknown: () => undefined,
    },
    [],
  );
  const tabs: Tabs = watchTabs(run, {
    onClaim: () => conductor.do(transitions.giveWay),
    onEvents: (events) => conductor.absorb(events),
  });
  open.push(tabs);
  const element = new PlayerElement();
  const app = new App({
    payload: payload(),
    conductor,
    courier,
    tabs,
    sounds: new Sounds(false),
    element,
  });
  return { app, conductor };
}

test.each<[string, (app: App) => void]>([
  ["Start", (app) => app.start()],
  ["a jump", (app) => app.jump(1)],
  ["Next", (app) => app.next()],
])("%s from a page that was only open stands the tab that plays still", async (name, act) => {
  const [playing, idle] = [await tab(name), await tab(name)];
  playing.app.start();
  await vi.waitFor(() => expect(idle.conductor.state.run.last_seq).toBeGreaterThan(0));
  act(idle.app);
  await vi.waitFor(() => expect(playing.conductor.state.notice).toBe("other-tab"));
  expect(playing.conductor.state.paused).toBe(true);
  expect(idle.conductor.state).toMatchObject({ paused: false, notice: null });
});

test("back from the end stands the tab that plays still", async () => {
  const [playing, ended] = [await tab("end"), await tab("end")];
  ended.app.finish();
  await vi.waitFor(() => expect(playing.conductor.state.run.status).toBe("finished"));
  playing.app.jump(1);
  await vi.waitFor(() => expect(ended.conductor.state.run.status).toBe("running"));
  ended.app.back();
  await vi.waitFor(() => expect(playing.conductor.state.notice).toBe("other-tab"));
});

test("pain away from the knees leaves the run standing until it is taken up by hand", async () => {
  const { app, conductor } = await tab("elsewhere");
  app.start();
  app.skip();
  app.asking.where("elsewhere");
  app.close();
  expect(conductor.state.paused).toBe(true);
  app.toggle();
  expect(conductor.state).toMatchObject({ paused: false, at: { slot: 1 } });
});

test("a swap holds the run while it is asked and lets it go on with what stands in", async () => {
  const { app, conductor } = await tab("swap");
  app.start();
  app.skip();
  expect(conductor.state.paused).toBe(true);
  app.asking.reason("no-space");
  app.asking.take();
  expect(conductor.state.paused).toBe(false);
  expect(conductor.seen.here.rung.exercise).toBe("open-the-gate");
});

test("there is nothing to skip before the start and after the end", async () => {
  const { app, conductor } = await tab("nothing");
  app.skip();
  app.start();
  app.finish();
  app.skip();
  expect(conductor.seen.subject).toBeNull();
  expect(conductor.state.run.slots.some(({ skipped }) => skipped)).toBe(false);
});
