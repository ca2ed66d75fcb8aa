// SPDX-License-Identifier: Apache-2.0
// What this device lets be heard and felt: chosen once, remembered here, never sent.

import { recall, remember } from "./device";

/** How much is said: everything, what turns, or nothing beside tones. */
export type Length = "full" | "short" | "sounds";

export const LENGTHS: readonly Length[] = ["full", "short", "sounds"];

export interface Hearing {
  /** The one switch for all that makes a noise. */
  readonly on: boolean;
  /** The device says what is captioned. */
  readonly voice: boolean;
  readonly tones: boolean;
  readonly length: Length;
  readonly vibrate: boolean;
  /** Buttons of the lock screen and the headset; null: where they leave music alone. */
  readonly lockScreen: boolean | null;
}

export function recallHearing(): Hearing {
  const length = recall("length");
  const lockScreen = recall("lock-screen");
  return {
    on: recall("sound") !== "off",
    voice: recall("voice") !== "off",
    tones: recall("tones") !== "off",
    length: LENGTHS.find((each) => each === length) ?? "full",
    vibrate: recall("vibrate") !== "off",
    lockScreen: lockScreen === null ? null : lockScreen === "on",
  };
}

export function rememberHearing(hearing: Hearing): void {
  const named = (on: boolean): string => (on ? "on" : "off");
  remember("sound", named(hearing.on));
  remember("voice", named(hearing.voice));
  remember("tones", named(hearing.tones));
  remember("length", hearing.length);
  remember("vibrate", named(hearing.vibrate));
  if (hearing.lockScreen !== null) remember("lock-screen", named(hearing.lockScreen));
}

/** One thing changed. What is asked for while all is silent is heard alone, not with the rest. */
export function changed(hearing: Hearing, change: Partial<Hearing>): Hearing {
  const wakes = !hearing.on && (change.voice === true || change.tones === true);
  if (!wakes) return { ...hearing, ...change };
  return { ...hearing, voice: false, tones: false, ...change, on: true };
}

export function speaks({ on, voice, length }: Hearing): boolean {
  return on && voice && length !== "sounds";
}

export function sounds({ on, tones }: Hearing): boolean {
  return on && tones;
}

/** Whether anything of the run is wanted to be heard. */
export function wantsSound(hearing: Hearing): boolean {
  return speaks(hearing) || sounds(hearing);
}
