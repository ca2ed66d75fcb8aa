// SPDX-License-Identifier: Apache-2.0
// The figure on its stage, kept in step with the run; a still picture until (or unless) it can move.

import type { Motion, Scene } from "./snapshot";
import type { Rung } from "./wire";

/** As much of a clip as timing needs; the figure knows the rest. */
export interface TimedClip {
  fps: number;
  frames: number;
  phases: readonly { name: string; start: number; end: number; hold: boolean }[];
}

export interface FigureView<C extends TimedClip> {
  setClip(clip: C, look: { mirrored: boolean; muscles: Rung["muscles"] }): void;
  setTime(seconds: number): void;
  setXray(on: boolean): void;
  setTheme(theme: "light" | "dark"): void;
  zoom(factor: number): void;
  turn(degrees: number): void;
  resetCamera(): void;
  resize(): void;
  dispose(): void;
}

export interface FigureSource<C extends TimedClip> {
  create(host: HTMLElement): Promise<FigureView<C>>;
  loadClip(url: string): Promise<C>;
}

/** Clip time [s] for where a movement stands; the tempo of the run need not be that of the clip. */
export function clipTime(
  clip: TimedClip,
  motion: Motion,
  stretches: number,
  stepped: boolean,
): number {
  // Stepped: the pose a stretch leads to, held while the stretch lasts.
  const fraction = stepped ? 1 : motion.fraction;
  const phase = clip.phases.length === stretches ? clip.phases[motion.stretch] : undefined;
  const { start, end } = phase ?? {
    start: (clip.frames * motion.stretch) / stretches,
    end: (clip.frames * (motion.stretch + 1)) / stretches,
  };
  return ((start + fraction * (end - start)) % clip.frames) / clip.fps;
}

/** Whether the clip has to be mirrored to work the side of the bout. */
export function isMirrored({ bout, rung }: Scene): boolean {
  return rung.shown_side !== null && bout.side !== "both" && bout.side !== rung.shown_side;
}

export class Stage<C extends TimedClip> {
  readonly #picture: HTMLImageElement;
  readonly #clips = new Map<string, Promise<C>>();
  #source: FigureSource<C> | null = null;
  #figure: FigureView<C> | null = null;
  #host: HTMLElement | null = null;
  #clip: C | null = null;
  #scene: Scene | null = null;
  #stepped: boolean;
  /** The figure will not come: pictures stand in for it, moving ones where there are any. */
  #pictured = false;
  #xray = false;

  /** `picture` is the still shown until the figure moves; `stepped`: from pose to pose. */
  constructor(picture: HTMLImageElement, stepped: boolean) {
    this.#picture = picture;
    this.#stepped = stepped;
    picture.addEventListener("error", () => (picture.hidden = true));
  }

  /** Brings the figure to the stage. Resolves to whether it moves. */
  async raise(host: HTMLElement, source: FigureSource<C>): Promise<boolean> {
    try {
      this.#source = source;
      this.#host = host;
      this.#figure = await source.create(host);
    } catch (error) {
      console.warn("The figure cannot move in this browser; pictures stand in for it.", error);
      this.giveUp();
      return false;
    }
    // A graphics card that goes away leaves an empty canvas: the picture stands in until it is back.
    host.addEventListener("figure-lost", () => this.#present(false));
    host.addEventListener("figure-back", () => this.#present(this.#clip !== null));
    this.#figure.setXray(this.#xray);
    const scene = this.#scene;
    this.#scene = null;
    if (scene) this.show(scene);
    return true;
  }

  /** Lets pictures stand in for the figure. */
  giveUp(): void {
    this.#pictured = true;
    if (this.#scene) this.#picture.src = this.#pictureOf(this.#scene);
    this.#present(false);
  }

  /** Shows the movement of a bout. */
  show(scene: Scene): void {
    const shows = this.#stillShows(scene);
    this.#scene = scene;
    if (shows) return;
    const picture = this.#pictureOf(scene);
    if (this.#picture.getAttribute("src") !== picture) {
      this.#picture.src = picture;
      this.#present(this.#clip !== null);
    }
    this.#picture.classList.toggle("mirrored", isMirrored(scene));
    void this.#load(scene);
  }

  /** Has clips at hand before they are asked for, one after the other: the network may go away. */
  async prepare(urls: readonly string[]): Promise<void> {
    for (const url of urls) await this.#fetch(url).catch(() => null);
  }

  /** Poses the figure. */
  pose(motion: Motion): void {
    if (!this.#clip || !this.#scene) return;
    const stretches = this.#scene.rung.work.phases.length;
    this.#figure?.setTime(clipTime(this.#clip, motion, stretches, this.#stepped));
  }

  set stepped(stepped: boolean) {
    this.#stepped = stepped;
  }

  set xray(on: boolean) {
    this.#xray = on;
    this.#figure?.setXray(on);
  }

  set theme(theme: "light" | "dark") {
    this.#figure?.setTheme(theme);
  }

  turn(degrees: number): void {
    this.#figure?.turn(degrees);
  }

  zoom(factor: number): void {
    this.#figure?.zoom(factor);
  }

  resetCamera(): void {
    this.#figure?.resetCamera();
  }

  resize(): void {
    this.#figure?.resize();
  }

  async #load(scene: Scene): Promise<void> {
    if (!this.#figure) return;
    try {
      const clip = await this.#fetch(scene.rung.clip_url);
      // Another movement may have been asked for while this one was on its way.
      if (!this.#stillShows(scene)) return;
      this.#clip = clip;
      this.#figure.setClip(clip, { mirrored: isMirrored(scene), muscles: scene.rung.muscles });
      this.#present(true);
    } catch (error) {
      if (!this.#stillShows(scene)) return;
      console.warn(`The clip of ${scene.rung.exercise} could not be shown.`, error);
      this.#clip = null;
      // Better no figure than one that does another movement.
      this.#present(false);
    }
  }

  #pictureOf({ rung }: Scene): string {
    const moves = this.#pictured && !this.#stepped && rung.animation_url;
    return moves ? rung.animation_url : rung.still_url;
  }

  /** Shows the figure, or else the picture. */
  #present(figure: boolean): void {
    this.#picture.hidden = figure;
    if (this.#host) this.#host.hidden = !figure;
  }

  /** Whether the scene looks the same as the one on the stage. */
  #stillShows(scene: Scene): boolean {
    const now = this.#scene;
    return now?.rung.clip_url === scene.rung.clip_url && isMirrored(now) === isMirrored(scene);
  }

  #fetch(url: string): Promise<C> {
    if (!this.#source) return Promise.reject(new Error("No figure to show a clip with"));
    const known = this.#clips.get(url);
    if (known) return known;
    const clip = this.#source.loadClip(url);
    this.#clips.set(url, clip);
    // A clip that did not come is asked for again next time.
    clip.catch(() => this.#clips.delete(url));
    return clip;
  }
}
