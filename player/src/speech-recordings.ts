// SPDX-License-Identifier: Apache-2.0
// Cues as a person recorded them. One that cannot be loaded in time leaves its line to the voice.

import type { Mouth } from "./speech";
import type { Line } from "./voice-line";

/** A line is not kept waiting longer for its recording [ms]. */
const LOAD_MS = 2000;

export class Recordings implements Mouth {
  readonly #context: () => AudioContext | null;
  /** Address -> what it holds; null where it cannot be had. */
  readonly #loaded = new Map<string, Promise<AudioBuffer | null>>();

  /** `context` is where they are played; null as long as the browser lets nothing be heard. */
  constructor(context: () => AudioContext | null) {
    this.#context = context;
  }

  /** Loads what is soon needed, so that it begins at once. */
  prepare(urls: readonly string[]): void {
    for (const url of urls) void this.#load(url);
  }

  can({ url }: Line): boolean {
    return url !== undefined && this.#context()?.state === "running";
  }

  say({ url = "" }: Line, done: (said: boolean) => void): () => void {
    let source: AudioBufferSourceNode | null = null;
    let isOver = false;
    const finish = (said: boolean): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(late);
      done(said);
    };
    const late = setTimeout(() => {
      finish(false);
    }, LOAD_MS);
    void this.#load(url).then((buffer) => {
      const context = this.#context();
      if (isOver) return;
      if (!buffer || !context) {
        finish(false);
        return;
      }
      clearTimeout(late);
      source = play(context, buffer, () => {
        finish(true);
      });
    });
    return () => {
      isOver = true;
      clearTimeout(late);
      source?.stop();
    };
  }

  #load(url: string): Promise<AudioBuffer | null> {
    const context = this.#context();
    if (!context) return Promise.resolve(null);
    const known = this.#loaded.get(url) ?? fetched(context, url);
    this.#loaded.set(url, known);
    return known;
  }
}

async function fetched(context: AudioContext, url: string): Promise<AudioBuffer | null> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return await context.decodeAudioData(await response.arrayBuffer());
  } catch (error) {
    console.warn(`The recording ${url} cannot be played; the device's voice stands in.`, error);
    return null;
  }
}

function play(
  context: AudioContext,
  buffer: AudioBuffer,
  ended: () => void,
): AudioBufferSourceNode {
  const source = new AudioBufferSourceNode(context, { buffer });
  source.onended = ended;
  source.connect(context.destination);
  source.start();
  return source;
}
