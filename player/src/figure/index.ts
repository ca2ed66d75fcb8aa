// SPDX-License-Identifier: Apache-2.0
// The moving figure. Import it lazily: it brings three.js.

import { loadAsset } from "./asset";
import type { Clip } from "./clip";
import type { Theme } from "./materials";
import { type FigureOptions, type Look, View } from "./view";

export { type Clip, loadClip } from "./clip";
export { FigureUnavailable } from "./errors";
export type { MuscleWork } from "./heat";
export type { Theme } from "./materials";
export type { FigureOptions, Look } from "./view";

/** What the player may ask of the figure. The host hears `figure-lost` and `figure-back` when the
 * graphics card goes away and returns. */
export interface FigureView {
  setClip(clip: Clip, look: Look): void;
  /** Clip time; loops. Draws on demand. */
  setTime(seconds: number): void;
  setXray(on: boolean): void;
  setTheme(theme: Theme): void;
  /** More than 1 comes nearer. */
  zoom(factor: number): void;
  turn(azimuthDeg: number, elevationDeg?: number): void;
  resetCamera(): void;
  resize(): void;
  dispose(): void;
}

/** Puts a figure into `host`. Rejects with FigureUnavailable where it cannot be shown. */
export async function createFigure(host: HTMLElement, options: FigureOptions): Promise<FigureView> {
  return new View(host, await loadAsset(options.figureUrl), options);
}
