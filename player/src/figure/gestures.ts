// SPDX-License-Identifier: Apache-2.0
// Drag turns, wheel and pinch zoom, a double tap resets. Keys belong to the player.

export interface Gestures {
  turn(azimuthDeg: number, elevationDeg: number): void;
  zoom(factor: number): void;
  reset(): void;
}

const DEGREES_PER_PIXEL = 0.4;
const ZOOM_PER_PIXEL = 0.0015;
const DOUBLE_TAP_MS = 320;
const STILL_PX = 8;

class Fingers {
  readonly #down = new Map<number, { x: number; y: number }>();
  #lastTap = -Infinity;
  #travelled = 0;

  constructor(private readonly on: Gestures) {}

  press(event: PointerEvent): void {
    this.#down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.#down.size === 1) this.#travelled = 0;
  }

  move(event: PointerEvent): void {
    const finger = this.#down.get(event.pointerId);
    if (!finger) return;
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    const before = this.#spread();
    finger.x = event.clientX;
    finger.y = event.clientY;
    this.#travelled += Math.hypot(dx, dy);
    if (this.#down.size === 1) this.on.turn(dx * DEGREES_PER_PIXEL, dy * DEGREES_PER_PIXEL);
    else if (before > 0) this.on.zoom(this.#spread() / before);
  }

  release(event: PointerEvent): void {
    const was = this.#down.delete(event.pointerId);
    if (!was || event.type !== "pointerup" || this.#travelled > STILL_PX) return;
    if (event.timeStamp - this.#lastTap < DOUBLE_TAP_MS) this.on.reset();
    this.#lastTap = event.timeStamp;
  }

  #spread(): number {
    const [a, b] = [...this.#down.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }
}

/** Listens on `canvas`; returns how to stop. */
export function listen(canvas: HTMLCanvasElement, on: Gestures): () => void {
  const fingers = new Fingers(on);
  const stop = new AbortController();
  const { signal } = stop;
  canvas.style.touchAction = "none";
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      canvas.setPointerCapture(event.pointerId);
      fingers.press(event);
    },
    { signal },
  );
  canvas.addEventListener("pointermove", (event) => { fingers.move(event); }, { signal });
  for (const kind of ["pointerup", "pointercancel"] as const) {
    canvas.addEventListener(kind, (event) => { fingers.release(event); }, { signal });
  }
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      on.zoom(Math.exp(-event.deltaY * ZOOM_PER_PIXEL));
    },
    { signal, passive: false },
  );
  return () => { stop.abort(); };
}
