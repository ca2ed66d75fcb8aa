// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lookWhileHidden } from "../src/background";
import { askToMix, canMix, MediaButtons } from "../src/media";
import { snapshot } from "../src/snapshot";
import * as go from "../src/transitions";
import { vibrate } from "../src/vibrate";
import { changed, recallHearing, rememberHearing, wantsSound } from "../src/voice-settings";
import { Drive } from "./drive";

/** The browser's side of the buttons. */
class Session {
  readonly handlers = new Map<string, (() => void) | null>();
  metadata: { title: string; artist: string; album: string; artwork: { src: string }[] } | null =
    null;
  playbackState = "none";
  setActionHandler = (action: string, handler: (() => void) | null) =>
    void this.handlers.set(action, handler);
  press = (action: string) => this.handlers.get(action)?.();
}

/** Audio elements that were made. */
let players: { src: string; loop: boolean; playing: boolean }[] = [];
let session: Session;

beforeEach(() => {
  players = [];
  session = new Session();
  vi.stubGlobal("navigator", { mediaSession: session });
  vi.stubGlobal(
    "MediaMetadata",
    class {
      artist = "";
      constructor(given: object) {
        Object.assign(this, given);
      }
    },
  );
  vi.stubGlobal(
    "Audio",
    class {
      loop = false;
      playing = false;
      constructor(readonly src: string) {
        players.push(this);
      }
      play(): Promise<void> {
        this.playing = true;
        return Promise.resolve();
      }
      pause(): void {
        this.playing = false;
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

describe("the buttons of the lock screen", () => {
  const seen = (drive: Drive) => snapshot(drive.frame, drive.state, drive.now);
  function playing() {
    const pressed: string[] = [];
    const buttons = new MediaButtons(
      {
        back: () => pressed.push("back"),
        next: () => pressed.push("next"),
        toggle: () => pressed.push("toggle"),
      },
      "Ten minutes",
    );
    return { pressed, buttons, drive: new Drive().do(go.start) };
  }

  test("next is forward, previous is back, and pause pauses only what plays", () => {
    const { pressed, buttons, drive } = playing();
    buttons.follow(seen(drive), true);
    for (const action of ["nexttrack", "previoustrack", "play", "pause"]) session.press(action);
    expect(pressed).toEqual(["next", "back", "toggle"]);
    buttons.follow(seen(drive.do(go.pause)), true);
    session.press("pause");
    session.press("play");
    expect(pressed).toEqual(["next", "back", "toggle", "toggle"]);
  });

  test("show what is played, on which side", () => {
    const { buttons, drive } = playing();
    buttons.follow(seen(drive), true);
    expect(session.metadata).toMatchObject({
      title: "Clam",
      artist: "Left side, Set 1 of 2",
      album: "Ten minutes",
      artwork: [{ src: drive.frame.timeline.slots[0]!.rungs[0]!.still_url }],
    });
    buttons.follow(seen(drive.until("work").until("switch")), true);
    expect(session.metadata?.artist).toBe("Right side, Set 1 of 2");
  });

  test("stand with one file that plays on and on, and pauses with the run", () => {
    const { buttons, drive } = playing();
    buttons.follow(seen(drive), true);
    buttons.follow(seen(drive), true);
    expect(players).toMatchObject([{ loop: true, playing: true }]);
    expect(session.playbackState).toBe("playing");
    buttons.follow(seen(drive.do(go.pause)), true);
    expect(players).toMatchObject([{ playing: false }]);
    expect(session.playbackState).toBe("paused");
  });

  test("are let go where they are off, and at the end", () => {
    const { pressed, buttons, drive } = playing();
    buttons.follow(seen(drive), false);
    expect(players).toEqual([]);
    buttons.follow(seen(drive), true);
    buttons.follow(seen(drive.do(go.endNow)), true);
    session.press("nexttrack");
    expect(pressed).toEqual([]);
    expect(players).toMatchObject([{ playing: false }]);
    expect(session.metadata).toBeNull();
  });

  test("ask to mix with music, unless the person chose them", () => {
    expect(canMix()).toBe(false);
    const audioSession = { type: "auto" };
    vi.stubGlobal("navigator", { mediaSession: session, audioSession });
    expect(canMix()).toBe(true);
    askToMix(false);
    expect(audioSession.type).toBe("transient");
    askToMix(true);
    expect(audioSession.type).toBe("playback");
  });
});

describe("a hidden page", () => {
  class Page extends EventTarget {
    visibilityState = "visible";
    turn(state: string): void {
      this.visibilityState = state;
      this.dispatchEvent(new Event("visibilitychange"));
    }
  }

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is looked after by a timer until it is seen again", () => {
    const [page, look] = [new Page(), vi.fn()];
    lookWhileHidden(page as unknown as Document, () => true, look);
    vi.advanceTimersByTime(5000);
    expect(look).not.toHaveBeenCalled();
    page.turn("hidden");
    vi.advanceTimersByTime(1000);
    expect(look).toHaveBeenCalledTimes(4);
    page.turn("visible");
    vi.advanceTimersByTime(5000);
    expect(look).toHaveBeenCalledTimes(4);
  });

  test("is asked at each look whether it can still be heard", () => {
    const [page, look] = [new Page(), vi.fn()];
    let heard = true;
    lookWhileHidden(page as unknown as Document, () => heard, look);
    page.turn("hidden");
    vi.advanceTimersByTime(1000);
    heard = false;
    vi.advanceTimersByTime(5000);
    expect(look).toHaveBeenCalledTimes(4);
  });

  test("rests where nothing of it can be heard", () => {
    const [page, look] = [new Page(), vi.fn()];
    lookWhileHidden(page as unknown as Document, () => false, look);
    page.turn("hidden");
    vi.advanceTimersByTime(60_000);
    expect(look).not.toHaveBeenCalled();
  });
});

describe("what a device remembers", () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal("localStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
  });

  test("is the choice as it was made", () => {
    const chosen = { ...recallHearing(), voice: false, length: "short", lockScreen: true } as const;
    rememberHearing(chosen);
    expect(recallHearing()).toEqual(chosen);
  });

  test("where nothing was chosen it speaks at full length, and the buttons leave music alone", () => {
    expect(recallHearing()).toEqual({
      on: true,
      voice: true,
      tones: true,
      length: "full",
      vibrate: true,
      lockScreen: null,
    });
  });

  test("what is asked for in the silence is heard alone", () => {
    const silent = { ...recallHearing(), on: false };
    expect(wantsSound(silent)).toBe(false);
    expect(changed(silent, { voice: true })).toMatchObject({ on: true, voice: true, tones: false });
    expect(changed(silent, { on: true })).toMatchObject({ on: true, voice: true, tones: true });
  });
});

test("go, switch, rest and the end are felt, each in its own way", () => {
  const felt: number[][] = [];
  const feels = { vibrate: (pattern: number[]) => felt.push(pattern) };
  vi.stubGlobal("navigator", feels);
  for (const moment of ["go", "tick", "switch", "rest", "rep", "end"] as const) vibrate([moment]);
  expect(felt).toHaveLength(4);
  expect(new Set(felt.map(String)).size).toBe(4);
  vi.stubGlobal("navigator", {});
  expect(() => {
    vibrate(["go"]);
  }).not.toThrow();
});
