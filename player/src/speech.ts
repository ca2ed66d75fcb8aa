// SPDX-License-Identifier: Apache-2.0
// Says one line after the other, never two at once; what matters more breaks off what matters less.

import { CUE, TURN, type Line } from "./voice-line";

/** Something that can say a line: a recording, a voice of the device, or a caption alone. */
export interface Mouth {
  /** Whether it may be asked for this line at all. */
  can(line: Line): boolean;
  /** Says it, then calls `done` once: false where it could not. Returns what breaks it off. */
  say(line: Line, done: (said: boolean) => void): () => void;
}

export interface Listener {
  begins(line: Line): void;
  /** `said`: to its end. Called once for each line that began. */
  ends(line: Line, said: boolean): void;
}

interface Waiting {
  readonly line: Line;
  readonly since: number;
}

interface Current {
  readonly line: Line;
  stop: () => void;
}

export class Speaker {
  readonly #mouths: readonly Mouth[];
  readonly #listener: Listener;
  readonly #clock: () => number;
  #waiting: Waiting[] = [];
  #current: Current | null = null;

  /** Each line is said by the first of `mouths` that can and does. */
  constructor(mouths: readonly Mouth[], listener: Listener, clock: () => number = Date.now) {
    this.#mouths = mouths;
    this.#listener = listener;
    this.#clock = clock;
  }

  /** Lines of one moment, in their order. */
  say(lines: readonly Line[]): void {
    for (const line of lines) this.#take(line);
    this.#goOn();
  }

  hush(): void {
    this.#waiting = [];
    this.#breakOff();
  }

  #take(line: Line): void {
    if (line.parts.length === 0) return;
    const busy = this.#current !== null || this.#waiting.length > 0;
    if (line.rank === CUE && busy) return;
    const isTurn = line.rank === TURN;
    this.#waiting = isTurn ? [] : this.#waiting.filter((each) => each.line.rank >= line.rank);
    if (isTurn || (this.#current && this.#current.line.rank < line.rank)) this.#breakOff();
    this.#waiting.push({ line, since: this.#clock() });
  }

  #breakOff(): void {
    const current = this.#current;
    if (!current) return;
    this.#current = null;
    current.stop();
    this.#listener.ends(current.line, false);
  }

  #goOn(): void {
    while (!this.#current) {
      const next = this.#waiting.shift();
      if (!next) return;
      const isStale = this.#clock() - next.since > next.line.lasts;
      if (!isStale) this.#begin(next.line);
    }
  }

  #begin(line: Line): void {
    const current: Current = { line, stop: () => undefined };
    this.#current = current;
    this.#listener.begins(line);
    this.#try(current, 0);
  }

  /** Asks the mouths from the n-th on, until one says it. */
  #try(current: Current, from: number): void {
    const n = this.#mouths.findIndex((each, index) => index >= from && each.can(current.line));
    const mouth = this.#mouths[n];
    if (!mouth) {
      this.#end(current);
      return;
    }
    let isOver = false as boolean;
    const stop = mouth.say(current.line, (said) => {
      if (isOver || this.#current !== current) return;
      isOver = true;
      if (said) this.#end(current);
      else this.#try(current, n + 1);
    });
    if (!isOver) current.stop = stop;
  }

  #end(current: Current): void {
    if (this.#current !== current) return;
    this.#current = null;
    this.#listener.ends(current.line, true);
    this.#goOn();
  }
}
