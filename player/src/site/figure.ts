// SPDX-License-Identifier: Apache-2.0
// A movement on a page: a picture at once, the living figure where the browser can and the visitor
// likes motion. Whatever moves can be stopped.

import type { FigureView, TimedClip } from "../stage";

type Look = Parameters<FigureView<TimedClip>["setClip"]>[1];
type Muscles = Look["muscles"];

interface FigureModule {
  createFigure(
    host: HTMLElement,
    options: { figureUrl: string; reducedMotion: boolean; label: string },
  ): Promise<FigureView<TimedClip>>;
  loadClip(url: string): Promise<TimedClip>;
  figureUrl: string;
}

const modules = import.meta.glob<FigureModule>("../figure/index.ts");
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
    const { clip, muscles, name } = this.#host.dataset;
    const load = modules["../figure/index.ts"];
    if (!clip || !load || !mayMove()) return;
    const stage = document.createElement("div");
    stage.className = "plate__stage";
    try {
      const module = await load();
      const moving = await module.loadClip(clip);
      this.#host.append(stage);
      const options = { figureUrl: module.figureUrl, reducedMotion: false, label: name ?? "" };
      const figure = await module.createFigure(stage, options);
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
    new ResizeObserver(() => {
      figure.resize();
    }).observe(this.#host);
    figure.setTime(0);
    if (this.#picture) this.#picture.hidden = true;
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

function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 2000 });
  else setTimeout(act, 300);
}
