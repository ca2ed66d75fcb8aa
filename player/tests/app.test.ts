// SPDX-License-Identifier: Apache-2.0

import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "../src/app";
import type { Ask } from "../src/asking";
import { Conductor } from "../src/conductor";
import { Courier } from "../src/courier";
import { newId } from "../src/device";
import { openOutbox } from "../src/outbox";
import { Sounds } from "../src/sounds";
import { watchTabs, type Tabs } from "../src/tabs";
import * as transitions from "../src/transitions";
import { PlayerElement } from "../src/view/player-element";
import type { RunEvent } from "../src/wire";
import { frame, payload, T0 } from "./drive";

const open: Tabs[] = [];

beforeEach(() => vi.stubGlobal("navigator", {}));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const tabs of open.splice(0)) tabs.close();
  vi.unstubAllGlobals();
});

/** What the browser has and these tests only need to be there. */
class Bare {
  readonly given = null;
}

/** A tab of the run, put together as a page does it. */
async function tab(run: string, events: readonly RunEvent[] = []) {
  const outbox = await openOutbox(run);
  const conductor: Conductor = new Conductor(
    { ...frame(), newId },
    events,
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
  return { app, conductor, element };
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
  const { app, conductor, element } = await tab("elsewhere");
  app.start();
  app.skip();
  app.asking.where("elsewhere");
  app.close();
  expect(conductor.state.paused).toBe(true);
  app.toggle();
  expect(conductor.state.paused).toBe(true);
  answerNo(app, asked(element));
  expect(conductor.state).toMatchObject({ paused: false, at: { slot: 1 } });
});

/** What the dialog asks. */
const asked = (element: PlayerElement) => element.model?.look.ask ?? null;

function answerNo(app: App, ask: Ask | null): void {
  if (ask?.step !== "flags") throw new Error("no flags asked");
  app.asking.flag(null, ask.felt);
  app.asking.stay();
}

test("signs that nobody answered for are asked before a page that was loaded anew goes on", async () => {
  const before = await tab("lost");
  before.app.start();
  before.app.skip();
  before.app.asking.where("elsewhere");
  const { app, conductor, element } = await tab("lost-again", before.conductor.events);
  app.start();
  expect(conductor.state.phase.kind).toBe("intro");
  answerNo(app, asked(element));
  expect(conductor.state.phase.kind).toBe("get-ready");
  app.toggle();
  app.toggle();
  expect(asked(element)).toBeNull();
  expect(conductor.state.paused).toBe(false);
});

test("a sign that is named is logged and ends the run", async () => {
  const { app, conductor, element } = await tab("flagged");
  app.start();
  app.skip();
  app.asking.where("elsewhere");
  const ask = asked(element);
  if (ask?.step !== "flags") throw new Error("no flags asked");
  const [sign] = payload().red_flags;
  app.asking.flag(sign!, ask.felt);
  expect(conductor.state.run).toMatchObject({ status: "finished", flags: [sign!.slug] });
  app.close();
  expect(conductor.state.phase.kind).toBe("end");
});

test("a dialog that closes leaves the run to the tab that took it meanwhile", async () => {
  const { app, conductor } = await tab("taken");
  app.start();
  app.open("help");
  conductor.do(transitions.giveWay);
  app.close();
  expect(conductor.state).toMatchObject({ paused: true, notice: "other-tab" });
});

test("the buttons of the lock screen do nothing under a dialog", async () => {
  const pressed = new Map<string, () => void>();
  const mediaSession = {
    playbackState: "none",
    setActionHandler: (action: string, act: () => void) => void pressed.set(action, act),
  };
  vi.stubGlobal("navigator", { mediaSession });
  vi.stubGlobal("MediaMetadata", Bare);
  vi.stubGlobal(
    "Audio",
    class {
      play = () => Promise.resolve();
      pause = () => undefined;
    },
  );
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => (key === "hipfirst-lock-screen" ? "on" : null),
  });
  const { app, conductor } = await tab("media");
  app.start();
  app.skip();
  for (const action of ["nexttrack", "play", "previoustrack"]) pressed.get(action)?.();
  expect(conductor.state).toMatchObject({ at: { slot: 0 }, paused: true });
  app.close();
  pressed.get("nexttrack")?.();
  expect(conductor.state.at.slot).toBe(1);
});

test("the run can be followed by ear only where the browser lets something sound", async () => {
  let state = "running";
  vi.stubGlobal(
    "AudioContext",
    class {
      resume = () => Promise.resolve();
      get state() {
        return state;
      }
    },
  );
  vi.stubGlobal(
    "GainNode",
    class {
      gain = { setTargetAtTime: () => undefined };
      connect = () => undefined;
    },
  );
  const { app } = await tab("heard");
  expect(app.isHeard).toBe(false);
  app.run("sound");
  app.run("sound");
  expect(app.isHeard).toBe(true);
  state = "interrupted";
  expect(app.isHeard).toBe(false);
  state = "running";
  app.hear({ tones: false });
  expect(app.isHeard).toBe(false);
});

test("a page that goes takes the voice with it, and one that is only hidden does not", async () => {
  const cancel = vi.fn();
  const voices = [{ lang: "en", localService: true, default: true }];
  vi.stubGlobal("speechSynthesis", {
    getVoices: () => voices,
    speak: () => undefined,
    cancel,
    addEventListener: () => undefined,
  });
  vi.stubGlobal("SpeechSynthesisUtterance", Bare);
  const { app } = await tab("goes");
  app.start();
  app.seen(false);
  expect(cancel).not.toHaveBeenCalled();
  app.leave();
  expect(cancel).toHaveBeenCalledOnce();
});

test("a screen reader hears the name of an easier or harder movement once", async () => {
  const announce = vi.spyOn(PlayerElement.prototype, "announce").mockReturnValue(undefined);
  const { app, conductor } = await tab("once");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  app.start();
  vi.advanceTimersByTime(10_000);
  announce.mockClear();
  app.harder();
  vi.advanceTimersByTime(10_000);
  const said = announce.mock.calls.join(" ");
  expect(said.split(conductor.seen.here.rung.name)).toHaveLength(2);
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
