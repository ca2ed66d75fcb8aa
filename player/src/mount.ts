// SPDX-License-Identifier: Apache-2.0
// Puts the player into a page: gathers its parts, lets the time run, listens to the page.

import { App } from "./app";
import { lookWhileHidden } from "./background";
import { Conductor } from "./conductor";
import { aloneFor, Courier, poster, type Options as CourierOptions, type Post } from "./courier";
import { deviceId, newId } from "./device";
import type { Clip } from "./figure";
import { loadFigure } from "./figure-source";
import { isStopped, noteFelt, noteStopped } from "./kept-felt";
import { bindKeys } from "./keyboard";
import { openOutbox, type Outbox } from "./outbox";
import { read } from "./read";
import { Sounds } from "./sounds";
import { Stage } from "./stage";
import type { Frame } from "./state";
import { watchTabs, type Tabs } from "./tabs";
import * as transitions from "./transitions";
import { PlayerElement } from "./view/player-element";
import { shapeOf, upToDate, type Payload, type RunEvent, type Timeline } from "./wire";

/** How the run of a kept session differs: it lives in this browser first. */
export interface Local {
  outbox: Outbox;
  post: Post;
  /** Told what other devices logged, as it arrives. */
  onOthers: (events: unknown[]) => void;
  /** Nothing of the run can be stored in this browser. */
  unstored: boolean;
}

/** Plays the run of `given` in `place`. Resolves once the player can be used. */
export async function mount(place: HTMLElement, given: Payload, local?: Local): Promise<App> {
  const payload = upToDate(given);
  customElements.define("hipfirst-player", PlayerElement);
  const outbox = local?.outbox ?? (await openOutbox(payload.run.id));
  const kept = await outbox.all();
  const element = new PlayerElement();
  const app = assemble(payload, outbox, kept, element, local);
  place.replaceChildren(element);
  listen(app);
  if (local) app.note({ unstored: local.unstored, stopped: isStopped() });
  void raiseFigure(app, element, payload.timeline);
  return app;
}

function assemble(
  payload: Payload,
  outbox: Outbox,
  kept: readonly RunEvent[],
  element: PlayerElement,
  local?: Local,
): App {
  const frame: Frame = { timeline: payload.timeline, device: deviceId(), newId };
  const known = read(shapeOf(payload.timeline), [...payload.events, ...kept]).events;
  // The conductor and the courier need each other; neither calls the other before both are there.
  const onLogged = (events: readonly RunEvent[]): void => {
    courier.add(events);
    tabs.share(events);
    noteFelt(payload.timeline, events, new Date());
  };
  const conductor = new Conductor(frame, unique(known), () => Date.now(), onLogged);
  const courier = new Courier(
    { ...errands(payload, outbox, conductor, () => app), ...localErrands(local, conductor) },
    kept,
  );
  const tabs: Tabs = watchTabs(payload.run.id, {
    onClaim: () => conductor.do(transitions.giveWay),
    onEvents: (events) => conductor.absorb(events),
  });
  const sounds = new Sounds(false);
  const app: App = new App({ payload, conductor, courier, tabs, sounds, element });
  // A tab that plays this run elsewhere stands still and hands over what it logged.
  tabs.claim();
  void courier.flush();
  const look = (): void => conductor.look();
  everyFrame(look);
  lookWhileHidden(document, () => app.isHeard, look);
  return app;
}

function errands(
  payload: Payload,
  outbox: Outbox,
  conductor: Conductor,
  app: () => App,
): CourierOptions {
  return {
    outbox,
    post: poster(payload.events_url, payload.csrf_token),
    alone: aloneFor(payload.run.id),
    seen: () => conductor.state.run.last_seq,
    renumber: (event) => conductor.renumber(event),
    onOthers: (events) => conductor.absorb(events),
    onWaiting: (waiting, stranger) => app().note({ waiting, stranger }),
    onUnknown: () => app().note({ waiting: false, unknown: true }),
    onUnstored: () => app().note({ unstored: true }),
    onStopped: (stopped) => {
      noteStopped(stopped);
      app().note({ stopped });
    },
  };
}

/** What of the errands is done otherwise for a kept session. */
function localErrands(local: Local | undefined, conductor: Conductor): Partial<CourierOptions> {
  if (!local) return {};
  return {
    post: local.post,
    onOthers: (events) => {
      local.onOthers(events);
      conductor.absorb(events);
    },
  };
}

function unique(events: readonly RunEvent[]): RunEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()];
}

/** Frames come only while the page can be seen. */
function everyFrame(work: () => void): void {
  const frame = (): void => {
    work();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function listen(app: App): void {
  bindKeys(document, (command) => app.run(command));
  document.addEventListener("visibilitychange", () =>
    app.seen(document.visibilityState === "visible"),
  );
  window.addEventListener("pagehide", () => app.leave());
  window.addEventListener("online", () => app.seen(true));
}

async function raiseFigure(app: App, element: PlayerElement, timeline: Timeline): Promise<void> {
  const { host, picture } = await element.places();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const stage = new Stage<Clip>(picture, still.matches);
  app.stage = stage;
  still.addEventListener("change", () => {
    stage.stepped = still.matches;
  });
  try {
    const source = await loadFigure(still.matches);
    app.note({ moves: await stage.raise(host, source) });
  } catch (error) {
    console.warn("The figure could not be loaded; pictures stand in for it.", error);
    stage.giveUp();
    return;
  }
  followTheme(stage);
  const rungs = timeline.slots.flatMap(({ rungs: [...all], start_rung: start }) => [
    ...all.splice(start, 1),
    ...all,
  ]);
  await stage.prepare([...new Set(rungs.map(({ clip_url: url }) => url))]);
}

/** Light or dark as the page is now, and whenever that changes. */
function followTheme(stage: Stage<Clip>): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const follow = (): void => {
    const chosen = root.dataset["theme"];
    const isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
    stage.theme = isDark ? "dark" : "light";
  };
  dark.addEventListener("change", follow);
  new MutationObserver(follow).observe(root, { attributeFilter: ["data-theme"] });
  follow();
}
