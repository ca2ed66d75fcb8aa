// SPDX-License-Identifier: Apache-2.0
// The figure on a canvas: holds what is shown and draws when that changed.

import { WebGLRenderer } from "three";
import type { Asset } from "./asset";
import { Blobs } from "./blobs";
import { type Clip, type Pose, emptyPose, mirrorClip, sample } from "./clip";
import { FigureUnavailable } from "./errors";
import { extentOf } from "./extent";
import { listen } from "./gestures";
import { type MuscleWork, innerHeat, skinHeat } from "./heat";
import { Materials, type Theme } from "./materials";
import { type Box, Orbit } from "./orbit";
import { Pacer } from "./pacer";
import { Skeleton } from "./skeleton";
import { World } from "./world";

export interface FigureOptions {
  readonly figureUrl: string;
  readonly reducedMotion: boolean;
  /** What a screen reader says the picture is. */
  readonly label: string;
}

export interface Look {
  readonly mirrored: boolean;
  readonly muscles: readonly MuscleWork[];
}

const MOST_PIXELS = 2_000_000;

function newRenderer(): WebGLRenderer {
  const canvas = document.createElement("canvas");
  const wanted = { antialias: true, alpha: true, powerPreference: "low-power" } as const;
  const missing = "This device cannot draw in three dimensions.";
  // Asked for here: three.js would report the plain absence as an error of the page.
  const context = canvas.getContext("webgl2", { ...wanted, stencil: false });
  if (!context) throw new FigureUnavailable("no-webgl", missing);
  try {
    const renderer = new WebGLRenderer({ ...wanted, canvas, context });
    renderer.autoClear = false;
    renderer.setClearColor(0, 0);
    return renderer;
  } catch (error) {
    throw new FigureUnavailable("no-webgl", missing, { cause: error });
  }
}

export class View {
  readonly #renderer = newRenderer();
  readonly #canvas: HTMLCanvasElement;
  readonly #skeleton: Skeleton;
  readonly #blobs: Blobs;
  readonly #materials: Materials;
  readonly #world: World;
  readonly #orbit: Orbit;
  readonly #pacer: Pacer;
  readonly #observer: ResizeObserver;
  readonly #deaf: () => void;
  #box: Box | null = null;
  #clip: Clip | null = null;
  #pose: Pose | null = null;
  #muscles: readonly MuscleWork[] = [];
  #seconds = 0;
  #xray = false;
  #width = 1;
  #height = 1;

  constructor(
    private readonly host: HTMLElement,
    private readonly asset: Asset,
    options: FigureOptions,
  ) {
    this.#skeleton = new Skeleton(asset.header);
    this.#blobs = new Blobs(asset.header);
    const head = this.#skeleton.restPlace("head");
    this.#materials = new Materials(asset.header, this.#skeleton.matrices, this.#blobs.values, head);
    this.#world = new World(asset, this.#materials);
    this.#orbit = new Orbit(options.reducedMotion);
    this.#pacer = new Pacer((seconds) => this.#draw(seconds), () => { this.resize(); });
    this.#canvas = this.#renderer.domElement;
    this.#canvas.setAttribute("role", "img");
    this.#canvas.setAttribute("aria-label", options.label);
    this.#deaf = listen(this.#canvas, {
      turn: (a, e) => { this.turn(a, e); },
      zoom: (factor) => { this.zoom(factor); },
      reset: () => { this.resetCamera(); },
    });
    this.#canvas.addEventListener("webglcontextlost", this.#lost);
    this.#canvas.addEventListener("webglcontextrestored", this.#restored);
    host.append(this.#canvas);
    this.#observer = new ResizeObserver(() => {
      this.resize();
      // A canvas of a new size is empty, and it is painted before the next frame comes.
      this.#draw(0);
    });
    this.#observer.observe(host);
    this.setTheme("light");
    this.resize();
  }

  setClip(clip: Clip, { mirrored, muscles }: Look): void {
    const first = this.#clip === null;
    this.#clip = mirrored ? mirrorClip(clip) : clip;
    this.#pose = emptyPose(this.#clip);
    this.#muscles = muscles;
    this.#skeleton.follow(this.#clip);
    this.#box = extentOf(this.#clip, this.asset, this.#skeleton);
    const { azimuthDeg, elevationDeg } = this.#clip.camera;
    this.#orbit.look(azimuthDeg, elevationDeg, this.#box);
    if (first) this.#orbit.settle(this.#width, this.#height);
    this.#world.furnish(this.#clip.props, this.#box);
    this.#warm();
  }

  setTime(seconds: number): void {
    if (seconds === this.#seconds) return;
    this.#seconds = seconds;
    this.#pacer.ask();
  }

  setXray(on: boolean): void {
    this.#xray = on;
    this.#world.xray(on);
    this.#warm();
  }

  setTheme(theme: Theme): void {
    this.#materials.theme(theme);
    this.#pacer.ask();
  }

  zoom(factor: number): void {
    this.#orbit.zoom(factor);
    this.#pacer.ask();
  }

  turn(azimuthDeg: number, elevationDeg = 0): void {
    this.#orbit.turn(azimuthDeg, elevationDeg);
    this.#pacer.ask();
  }

  resetCamera(): void {
    this.#orbit.reset();
    this.#pacer.ask();
  }

  /** Takes the size of the host. */
  resize(): void {
    this.#width = Math.max(1, this.host.clientWidth);
    this.#height = Math.max(1, this.host.clientHeight);
    const most = Math.sqrt(MOST_PIXELS / (this.#width * this.#height));
    this.#renderer.setPixelRatio(Math.min(this.#pacer.ratio, most));
    this.#renderer.setSize(this.#width, this.#height);
    this.#orbit.settle(this.#width, this.#height);
    this.#pacer.ask();
  }

  dispose(): void {
    this.#pacer.stop();
    this.#observer.disconnect();
    this.#deaf();
    this.#canvas.removeEventListener("webglcontextlost", this.#lost);
    this.#canvas.removeEventListener("webglcontextrestored", this.#restored);
    this.#world.dispose();
    this.#renderer.dispose();
    this.#canvas.remove();
  }

  #warm(): void {
    const side = this.#clip?.side ?? null;
    const skin = skinHeat(this.asset, this.#muscles, side, !this.#xray);
    this.#world.heat(skin, innerHeat(this.asset, this.#muscles, side));
    this.#pacer.ask();
  }

  #draw(seconds: number): boolean {
    if (!this.#clip || !this.#pose || !this.#box) return false;
    sample(this.#clip, this.#seconds, this.#pose);
    this.#skeleton.pose(this.#pose);
    this.#blobs.update(this.#skeleton);
    const [sight, moving] = this.#orbit.step(seconds, this.#width, this.#height);
    this.#world.draw(this.#renderer, sight, this.#box, this.#width, this.#height);
    return moving;
  }

  readonly #lost = (event: Event): void => {
    event.preventDefault();
    this.#pacer.stop();
    this.host.dispatchEvent(new CustomEvent("figure-lost"));
  };

  readonly #restored = (): void => {
    this.host.dispatchEvent(new CustomEvent("figure-back"));
    this.#pacer.ask();
  };
}
