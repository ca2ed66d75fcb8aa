// SPDX-License-Identifier: Apache-2.0
// A movement on a page: a picture at once, the living figure where the browser can and the visitor
// likes motion. Whatever moves can be stopped.

import { loadFigure } from "../figure-source";
import type { FigureView, TimedClip } from "../stage";

type Look = Parameters<FigureView<TimedClip>["setClip"]>[1];
type Muscles = Look["muscles"];

const LONGEST_STEP_S = 0.1;

export function enhanceFigures(page: Document): void {
  for (const host of page.querySelectorAll<HTMLElement>("[data-figure]")) new Plate(host);
}

/** `gluteus-medius:main:working …` as the figure wants it. */
export function musclesOf(text: string): Muscles {
  const uses = text.split(" ").filter(Boolean);
  return uses.map((use) => {
    const [muscle, role, side] = use.split(":");
    return { muscle, role, side } as Muscles[number];
  });
}

function mayMove(): boolean {
  const saves = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saves || matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
  return document.createElement("canvas").getContext("webgl2") !== null;
}

class Plate {
  readonly #host: HTMLElement;
  readonly #picture: HTMLElement | null;
  #figure: FigureView<TimedClip> | null = null;
  #duration = 0;
  #time = 0;
  #last: number | null = null;
  #seen = false;
  #paused = false;
  #asked = false;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#picture = host.querySelector("picture");
    this.#control("pause", (on) => {
      this.#pause(on);
    });
    this.#control("xray", (on) => this.#figure?.setXray(on));
    this.#show("pause", this.#animation() !== null);
    new IntersectionObserver((entries) => {
      this.#seen = entries.some((entry) => entry.isIntersecting);
      if (this.#seen) this.#wake();
    }).observe(host);
  }

  #control(name: string, act: (on: boolean) => void): void {
    const button = this.#button(name);
    button?.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      act(on);
    });
  }

  #button(name: string): HTMLElement | null {
    return this.#host.querySelector(`[data-figure-control="${name}"]`);
  }

  #show(name: string, shown: boolean): void {
    const button = this.#button(name);
    if (button) button.hidden = !shown;
  }

  /** The moving picture that plays now. */
  #animation(): HTMLSourceElement | null {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return null;
    return this.#picture?.querySelector("source") ?? null;
  }

  #pause(on: boolean): void {
    this.#paused = on;
    if (this.#figure) {
      this.#wake();
      return;
    }
    const source = this.#picture?.querySelector("source");
    // A source for no medium leaves the still.
    if (source) source.media = on ? "not all" : "(prefers-reduced-motion: no-preference)";
  }

  #wake(): void {
    if (!this.#asked) {
      this.#asked = true;
      whenIdle(() => void this.#bringToLife());
    }
    if (this.#figure && !this.#paused && this.#last === null) {
      this.#last = performance.now();
      requestAnimationFrame(this.#step);
    }
  }

  async #bringToLife(): Promise<void> {
    const { clip, muscles, label } = this.#host.dataset;
    if (!clip || !mayMove()) return;
    const stage = document.createElement("div");
    stage.className = "plate__stage";
    try {
      const source = await loadFigure(false);
      const moving = await source.loadClip(clip);
      this.#host.prepend(stage);
      const figure = await source.create(stage);
      leaveScrolling(stage);
      stage.querySelector("canvas")?.setAttribute("aria-label", label ?? "");
      figure.setTheme("light");
      figure.setClip(moving, { mirrored: false, muscles: musclesOf(muscles ?? "") });
      this.#duration = moving.frames / moving.fps;
      this.#takeOver(figure);
    } catch (error) {
      stage.remove();
      console.warn("The figure cannot move in this browser; a picture stands in for it.", error);
    }
  }

  #takeOver(figure: FigureView<TimedClip>): void {
    this.#figure = figure;
    // The picture stays until the figure has been drawn behind it.
    afterNextFrame(() => {
      if (this.#picture) this.#picture.hidden = true;
    });
    this.#show("pause", true);
    this.#show("xray", true);
    this.#wake();
  }

  readonly #step = (now: number): void => {
    if (!this.#figure || this.#paused || !this.#seen) {
      this.#last = null;
      return;
    }
    // After a sleeping tab the movement goes on where it was.
    this.#time += Math.min((now - (this.#last ?? now)) / 1000, LONGEST_STEP_S);
    this.#last = now;
    this.#figure.setTime(this.#time % this.#duration);
    requestAnimationFrame(this.#step);
  };
}

/** Wheel and vertical swipes belong to the page here; a pinch on a touchpad still zooms. */
function leaveScrolling(stage: HTMLElement): void {
  const keep = (event: WheelEvent): void => {
    if (!event.ctrlKey) event.stopPropagation();
  };
  stage.addEventListener("wheel", keep, { capture: true, passive: true });
  const canvas = stage.querySelector("canvas");
  if (canvas) canvas.style.touchAction = "pan-y";
}

function afterNextFrame(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}

function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 2000 });
  else setTimeout(act, 300);
}
