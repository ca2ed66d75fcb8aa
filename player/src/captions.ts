// SPDX-License-Identifier: Apache-2.0
// What is said, to be read: it stands while it is said and for as long as reading takes.

import type { Mouth } from "./speech";
import { textOf, type Line, type Part } from "./voice-line";

export type Caption = readonly Part[];

/** What an unhurried reader needs [ms per character], and at least [ms]. */
const READING_MS = 60;
const LEAST_MS = 900;
/** How long a caption stays when nothing follows it [ms]. */
const LINGER_MS = 2500;

function readingMs(line: Line): number {
  return Math.max(LEAST_MS, textOf(line).length * READING_MS);
}

export class Captions {
  readonly #write: (caption: Caption | null) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(write: (caption: Caption | null) => void) {
    this.#write = write;
  }

  show(line: Line): void {
    clearTimeout(this.#timer);
    this.#write(line.parts);
  }

  /** The line is over: its caption goes, unless another comes first. */
  fade(line: Line): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#write(null);
      },
      Math.max(LINGER_MS, readingMs(line)),
    );
  }
}

/** Says a line by its caption alone, as long as it takes to read. */
export class Silence implements Mouth {
  can(): boolean {
    return true;
  }

  say(line: Line, done: (said: boolean) => void): () => void {
    const timer = setTimeout(() => {
      done(true);
    }, readingMs(line));
    return () => {
      clearTimeout(timer);
    };
  }
}
