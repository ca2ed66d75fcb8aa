// SPDX-License-Identifier: Apache-2.0
// Keeps the screen on while a run plays, where the browser agrees.

export class WakeLock {
  #wanted = false;
  #held: WakeLockSentinel | null = null;

  /** Asks for the screen to stay on, or lets it sleep again. Refusal changes nothing else. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    void this.renew();
  }

  /** Asks again: the browser drops the lock whenever the page is hidden. */
  async renew(): Promise<void> {
    const { wakeLock } = navigator as { wakeLock?: ScreenLock };
    if (!wakeLock) return;
    try {
      if (!this.#wanted) {
        await this.#held?.release();
      } else if (this.#held?.released !== false) {
        await this.#take(await wakeLock.request("screen"));
      }
    } catch {
      // A low battery or a hidden page: the run goes on, only the screen may sleep.
      this.#held = null;
    }
  }

  /** Keeps the lock, unless it is wanted no longer or another came first while this was asked for. */
  async #take(lock: WakeLockSentinel): Promise<void> {
    if (this.#wanted && this.#held?.released !== false) this.#held = lock;
    else await lock.release();
  }
}

type ScreenLock = Navigator["wakeLock"];
