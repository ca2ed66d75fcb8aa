// SPDX-License-Identifier: Apache-2.0
// When to draw and how finely: only when something changed, at most 60 times a second, with fewer
// pixels on a device that cannot keep up.

const SHORTEST_MS = 1000 / 60 - 2;
const SLOW_MS = 42;
const SLOW_AFTER = 12;
const RATIOS = [2, 1.4, 1, 0.75];

/** Draws are frames of one movement when they follow each other this closely [ms]. */
const MOVING_MS = 250;

export class Pacer {
  #asked = 0;
  #last = -Infinity;
  #slow = 0;
  #step = 0;

  /** `draw` gets the seconds since the last draw and says whether the next frame differs. */
  constructor(
    private readonly draw: (seconds: number) => boolean,
    private readonly coarser: () => void,
  ) {}

  /** Pixels per CSS pixel. */
  get ratio(): number {
    return Math.min(globalThis.devicePixelRatio || 1, RATIOS[this.#step] ?? 1);
  }

  ask(): void {
    this.#asked ||= requestAnimationFrame(this.#frame);
  }

  stop(): void {
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
  }

  readonly #frame = (now: number): void => {
    this.#asked = 0;
    const since = now - this.#last;
    if (since < SHORTEST_MS) {
      this.ask();
      return;
    }
    this.#last = now;
    this.#watch(since);
    if (this.draw(Math.min(since, 100) / 1000)) this.ask();
  };

  #watch(since: number): void {
    if (since > MOVING_MS) return;
    this.#slow = Math.max(0, this.#slow + (since > SLOW_MS ? 1 : -1));
    if (this.#slow < SLOW_AFTER || this.#step >= RATIOS.length - 1) return;
    this.#slow = 0;
    this.#step++;
    this.coarser();
  }
}
