// SPDX-License-Identifier: Apache-2.0
// A clip file, read: what the body does, frame by frame, and what stands around it.

import { FigureUnavailable } from "./errors";
import { at, slerp } from "./quaternion";

export type Side = "left" | "right";
export type Vector = readonly [number, number, number];

export interface Phase {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly hold: boolean;
}

export interface Prop {
  readonly kind: string;
  readonly position: Vector;
  readonly yawDeg: number;
  readonly size: Vector;
}

/** A clip that loops: frame `frames` would equal frame 0. */
export interface Clip {
  readonly slug: string;
  readonly fps: number;
  readonly frames: number;
  readonly side: Side | null;
  readonly phases: readonly Phase[];
  /** Names of the joints, in the order of `rotations`. */
  readonly joints: readonly string[];
  /** Root of frame f at 3 f [m]. */
  readonly root: Float32Array;
  /** Local rotation x, y, z, w of joint j in frame f at 4 (f joints + j). */
  readonly rotations: Float32Array;
  readonly props: readonly Prop[];
  readonly camera: { readonly azimuthDeg: number; readonly elevationDeg: number };
  readonly bounds: readonly [Vector, Vector];
}

/** One instant, written by `sample`. */
export interface Pose {
  readonly root: Float32Array;
  readonly rotations: Float32Array;
}

interface ClipFile {
  format: number;
  slug: string;
  fps: number;
  frames: number;
  side: Side | null;
  phases: Phase[];
  root: { origin: Vector; scale: number; data: string };
  rotations: { fixed: Record<string, number[]>; moving: string[]; data: string };
  props: { kind: string; position: Vector; yaw_deg: number; size: Vector }[];
  camera: { azimuth_deg: number; elevation_deg: number };
  bounds: [Vector, Vector];
}

/** Reads the plain values of a clip file. Throws FigureUnavailable when they are not one. */
export function parseClip(data: unknown): Clip {
  const file = data as ClipFile;
  if (typeof data !== "object" || data === null || file.format !== 1) {
    throw new FigureUnavailable("bad-clip", "This is not a clip of format 1.");
  }
  const { frames, rotations } = file;
  const joints = [...Object.keys(rotations.fixed), ...rotations.moving];
  return {
    slug: file.slug,
    fps: file.fps,
    frames,
    side: file.side,
    phases: file.phases,
    joints,
    root: roots(file),
    rotations: turns(file, joints),
    props: file.props.map(({ kind, position, yaw_deg, size }) => ({
      kind,
      position,
      yawDeg: yaw_deg,
      size,
    })),
    camera: { azimuthDeg: file.camera.azimuth_deg, elevationDeg: file.camera.elevation_deg },
    bounds: file.bounds,
  };
}

function roots({ frames, root }: ClipFile): Float32Array {
  const units = integers(root.data, frames * 3);
  return Float32Array.from(units, (unit, i) => unit * root.scale + at(root.origin, i % 3));
}

function turns({ frames, rotations }: ClipFile, joints: readonly string[]): Float32Array {
  const { fixed, moving } = rotations;
  const units = integers(rotations.data, frames * moving.length * 4);
  const out = new Float32Array(frames * joints.length * 4);
  const still = joints.length - moving.length;
  for (let frame = 0; frame < frames; frame++) {
    joints.forEach((joint, j) => {
      const to = 4 * (frame * joints.length + j);
      const from = 4 * (frame * moving.length + j - still);
      const values = j < still ? (fixed[joint] ?? []) : units.subarray(from, from + 4);
      const length = Math.hypot(...values);
      for (let k = 0; k < 4; k++) out[to + k] = at(values, k) / length;
    });
  }
  return out;
}

/** Base64 of little-endian 16-bit integers. */
function integers(text: string, count: number): Int16Array {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (bytes.length !== count * 2) {
    throw new FigureUnavailable("bad-clip", `A clip holds ${bytes.length} bytes, not ${count * 2}.`);
  }
  const view = new DataView(bytes.buffer);
  return Int16Array.from({ length: count }, (_, i) => view.getInt16(2 * i, true));
}

/** The same movement done by the other side of the body. */
export function mirrorClip(clip: Clip): Clip {
  const partner = clip.joints.map((name) => clip.joints.indexOf(otherSide(name)));
  const [low, high] = clip.bounds;
  return {
    ...clip,
    side: clip.side && (clip.side === "left" ? "right" : "left"),
    root: clip.root.map((value, i) => (i % 3 === 2 ? -value : value)),
    rotations: clip.rotations.map((_, i) => {
      const [joint, part] = [(i >> 2) % clip.joints.length, i & 3];
      const from = i + 4 * (at(partner, joint) - joint);
      return part < 2 ? -at(clip.rotations, from) : at(clip.rotations, from);
    }),
    props: clip.props.map((prop) => ({
      ...prop,
      position: [prop.position[0], prop.position[1], -prop.position[2]],
      yawDeg: -prop.yawDeg,
    })),
    camera: { ...clip.camera, azimuthDeg: -clip.camera.azimuthDeg },
    bounds: [
      [low[0], low[1], -high[2]],
      [high[0], high[1], -low[2]],
    ],
  };
}

/** The same name on the other side of the body. */
export function otherSide(name: string): string {
  if (name.endsWith("_left")) return `${name.slice(0, -5)}_right`;
  return name.endsWith("_right") ? `${name.slice(0, -6)}_left` : name;
}

/** An empty pose for `sample`. */
export function emptyPose(clip: Clip): Pose {
  return { root: new Float32Array(3), rotations: new Float32Array(4 * clip.joints.length) };
}

/** Writes the pose at `seconds` of clip time; time before and after the clip wraps round. */
export function sample(clip: Clip, seconds: number, pose: Pose): void {
  const place = seconds * clip.fps;
  const wrapped = place - clip.frames * Math.floor(place / clip.frames);
  const first = Math.min(Math.floor(wrapped), clip.frames - 1);
  const next = (first + 1) % clip.frames;
  const t = wrapped - first;
  for (let k = 0; k < 3; k++) {
    pose.root[k] = (1 - t) * at(clip.root, 3 * first + k) + t * at(clip.root, 3 * next + k);
  }
  const row = 4 * clip.joints.length;
  for (let j = 0; j < row; j += 4) {
    slerp(pose.rotations, j, clip.rotations, first * row + j, clip.rotations, next * row + j, t);
  }
}

/** Fetches and reads a clip. */
export async function loadClip(url: string): Promise<Clip> {
  const answer = await fetch(url);
  if (!answer.ok) throw new FigureUnavailable("no-clip", `No clip at ${url}: ${answer.status}.`);
  return parseClip(await answer.json());
}
