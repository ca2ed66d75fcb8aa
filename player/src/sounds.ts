// SPDX-License-Identifier: Apache-2.0
// Short soft tones made by the browser itself; nothing is loaded.

import type { Moment } from "./moments";

/** One tone: pitch [Hz], start and length after the moment [s], loudness 0 to 1. */
type Tone = readonly [pitch: number, start: number, length: number, loudness: number];

const [C4, E4, G4, A4, C5, E5, G5] = [261.6, 329.6, 392, 440, 523.3, 659.3, 784] as const;

const EARCONS: Partial<Record<Moment, readonly Tone[]>> = {
  tick: [[A4, 0, 0.09, 0.35]],
  go: [
    [C5, 0, 0.16, 0.5],
    [G5, 0.1, 0.35, 0.5],
  ],
  rep: [[E4, 0, 0.07, 0.16]],
  halfway: [
    [E5, 0, 0.18, 0.3],
    [E5, 0.2, 0.25, 0.3],
  ],
  switch: [
    [E5, 0, 0.2, 0.45],
    [C5, 0.16, 0.2, 0.45],
    [E5, 0.32, 0.35, 0.45],
  ],
  rest: [
    [G4, 0, 0.3, 0.4],
    [C4, 0.2, 0.55, 0.4],
  ],
  result: [
    [G4, 0, 0.2, 0.4],
    [C5, 0.14, 0.5, 0.45],
  ],
  end: [
    [C4, 0, 0.9, 0.35],
    [E4, 0.18, 0.9, 0.35],
    [G4, 0.36, 1, 0.35],
    [C5, 0.54, 1.3, 0.4],
  ],
};

/** How much of their loudness the tones keep while something is said. */
const BESIDE_SPEECH = 0.3;
/** How quickly the tones give way to speech and come back [s]. */
const FADE_S = 0.05;

export class Sounds {
  #context: AudioContext | null = null;
  #all: GainNode | null = null;
  on: boolean;

  constructor(on: boolean) {
    this.on = on;
  }

  /** Where sound is played; null until a gesture let it begin. */
  get context(): AudioContext | null {
    return this.#context;
  }

  /** Whether tones reach the person: they are on, and the browser lets them sound. */
  get areHeard(): boolean {
    return this.on && this.#context?.state === "running";
  }

  /** Browsers let sound begin only in answer to a gesture: call this in one. */
  unlock(): void {
    if (typeof AudioContext === "undefined") return;
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") {
      this.#context.resume().catch((error: unknown) => {
        console.warn("No sound until the next gesture.", error);
      });
    }
  }

  /** Gives way to speech, or comes back. */
  soften(beside: boolean): void {
    const { context, all } = this.#out() ?? {};
    if (!context || !all) return;
    all.gain.setTargetAtTime(beside ? BESIDE_SPEECH : 1, context.currentTime, FADE_S);
  }

  play(moments: readonly Moment[]): void {
    const { context, all } = this.#out() ?? {};
    if (!this.areHeard || !context || !all) return;
    for (const moment of moments) {
      for (const tone of EARCONS[moment] ?? []) sound(context, all, tone);
    }
  }

  #out(): { context: AudioContext; all: GainNode } | null {
    const context = this.#context;
    if (!context) return null;
    if (!this.#all) {
      this.#all = new GainNode(context);
      this.#all.connect(context.destination);
    }
    return { context, all: this.#all };
  }
}

function sound(
  context: AudioContext,
  out: AudioNode,
  [pitch, start, length, loudness]: Tone,
): void {
  const from = context.currentTime + start;
  const oscillator = new OscillatorNode(context, { type: "sine", frequency: pitch });
  const gain = new GainNode(context, { gain: 0 });
  // A quick swell and a long fade: a struck bowl, not a beep.
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(loudness * 0.5, from + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0005, from + length);
  oscillator.connect(gain).connect(out);
  oscillator.start(from);
  oscillator.stop(from + length + 0.02);
}
