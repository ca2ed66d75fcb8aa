// SPDX-License-Identifier: Apache-2.0
// The figure's file (see packs/bake/figure.py for its layout), read into both halves of the body.

import { otherSide } from "./clip";
import { FigureUnavailable } from "./errors";
import { at } from "./quaternion";

export interface Header {
  readonly format: number;
  readonly scale: number;
  readonly reach: number;
  readonly joints: readonly string[];
  readonly parents: readonly number[];
  readonly offsets: readonly (readonly number[])[];
  readonly mirror: readonly number[];
  readonly bind: readonly (readonly number[])[];
  readonly halves: readonly string[];
  readonly garments: readonly string[];
  readonly muscles: readonly string[];
  readonly palette: Readonly<Record<string, string>>;
  readonly face: Readonly<Record<"eye" | "iris" | "brow" | "mouth" | "cheek", readonly number[]>>;
  readonly sections: readonly Section[];
}

interface Section {
  readonly name: string;
  readonly type: "int8" | "uint8" | "int16" | "uint16";
  readonly rows: number;
  readonly columns: number;
}

/** One skin: flat arrays, `count` vertices; `sides` is -1 left, 0 middle, 1 right. */
export interface Mesh {
  readonly count: number;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly bones: Float32Array;
  readonly weights: Float32Array;
  readonly sides: Int8Array;
  readonly triangles: Uint16Array;
}

export interface Asset {
  readonly header: Header;
  readonly skin: Mesh;
  readonly inner: Mesh;
  /** Signed distance to each garment's edge [m]: leggings, top, hair of vertex v at 3 v. */
  readonly garments: Float32Array;
  /** Depth in muscle m of vertex v at v muscles + m, 0 to 255; 128 at its edge. */
  readonly muscles: Uint8Array;
  /** Muscle of each inner vertex; 255 is bone. */
  readonly kinds: Uint8Array;
}

type Columns = Map<string, { values: Int32Array; rows: number; columns: number }>;

const MAGIC = "HFIG";

/** Reads the file. Throws FigureUnavailable when it is not one. */
export function parseAsset(buffer: ArrayBuffer): Asset {
  const bytes = new Uint8Array(buffer);
  const text = new TextDecoder();
  if (text.decode(bytes.subarray(0, 4)) !== MAGIC) {
    throw new FigureUnavailable("bad-mesh", "This is not a figure file.");
  }
  const length = new DataView(buffer).getUint32(4, true);
  const header = JSON.parse(text.decode(bytes.subarray(8, 8 + length))) as Header;
  if (header.format !== 1) throw new FigureUnavailable("bad-mesh", "This figure is of a later format.");
  const columns = unpacked(header, bytes, 8 + length);
  const [skin, skinRows] = bothHalves(header, columns, "");
  const [inner, innerRows] = bothHalves(header, columns, "inner_");
  return {
    header,
    skin,
    inner,
    garments: Float32Array.from(
      spread(columns, "garments", skinRows),
      (value) => (value / 127) * header.reach,
    ),
    muscles: Uint8Array.from(spread(columns, "muscles", skinRows)),
    kinds: Uint8Array.from(spread(columns, "inner_kinds", innerRows)),
  };
}

function unpacked(header: Header, bytes: Uint8Array, start: number): Columns {
  const out: Columns = new Map();
  let place = start;
  for (const { name, type, rows, columns } of header.sections) {
    const wide = type.endsWith("16") ? 2 : 1;
    const values = new Int32Array(rows * columns);
    for (let column = 0; column < columns; column++) {
      summed(bytes, place, wide, type.startsWith("int"), values, column, columns);
      place += rows * wide;
    }
    out.set(name, { values, rows, columns });
  }
  return out;
}

/** Undoes the differences of one column. */
function summed(
  bytes: Uint8Array,
  start: number,
  wide: number,
  signed: boolean,
  values: Int32Array,
  column: number,
  columns: number,
): void {
  const rows = values.length / columns;
  const shift = 32 - 8 * wide;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    sum += at(bytes, start + row);
    if (wide === 2) sum += at(bytes, start + rows + row) << 8;
    values[row * columns + column] = signed ? (sum << shift) >> shift : (sum << shift) >>> shift;
  }
}

function section(columns: Columns, name: string): { values: Int32Array; rows: number; columns: number } {
  const found = columns.get(name);
  if (!found) throw new FigureUnavailable("bad-mesh", `The figure file has no ${name}.`);
  return found;
}

/** Rows of a section, once for each vertex of the whole body. */
function spread(columns: Columns, name: string, rows: readonly number[]): Int32Array {
  const { values, columns: width } = section(columns, name);
  const out = new Int32Array(rows.length * width);
  rows.forEach((row, v) => {
    out.set(values.subarray(row * width, (row + 1) * width), v * width);
  });
  return out;
}

function bothHalves(header: Header, columns: Columns, prefix: string): [Mesh, readonly number[]] {
  const { values, rows: stored } = section(columns, `${prefix}positions`);
  const aside = Array.from({ length: stored }, (_, v) => v).filter((v) => values[3 * v + 2] !== 0);
  const rows = [...Array.from({ length: stored }, (_, v) => v), ...aside];
  const flip = (scale: number) => (value: number, i: number) =>
    i % 3 === 2 && i >= 3 * stored ? -value * scale : value * scale;
  const bones = Float32Array.from(spread(columns, `${prefix}joints`, rows));
  const partner = boneMirror(header);
  for (let i = 4 * stored; i < bones.length; i++) bones[i] = at(partner, at(bones, i));
  const positions = spread(columns, `${prefix}positions`, rows);
  const mesh: Mesh = {
    count: rows.length,
    positions: Float32Array.from(positions, flip(header.scale)),
    normals: Float32Array.from(spread(columns, `${prefix}normals`, rows), flip(1 / 127)),
    bones,
    weights: Float32Array.from(spread(columns, `${prefix}weights`, rows), (value) => value / 255),
    sides: Int8Array.from(rows, (row, v) => (v < stored ? Math.sign(at(values, 3 * row + 2)) : -1)),
    triangles: mirroredTriangles(section(columns, `${prefix}triangles`).values, stored, aside),
  };
  return [mesh, rows];
}

function boneMirror(header: Header): readonly number[] {
  const first = header.joints.length;
  const halves = header.halves.map((name) => first + header.halves.indexOf(otherSide(name)));
  return [...header.mirror, ...halves];
}

function mirroredTriangles(
  triangles: Int32Array,
  stored: number,
  aside: readonly number[],
): Uint16Array {
  const partner = Array.from({ length: stored }, (_, v) => v);
  aside.forEach((v, i) => (partner[v] = stored + i));
  const out = new Uint16Array(2 * triangles.length);
  out.set(triangles);
  for (let i = 0; i < triangles.length; i++) {
    // The mirror turns a triangle inside out: walk its corners backwards.
    const backwards = i - (i % 3) + 2 - (i % 3);
    out[triangles.length + i] = at(partner, at(triangles, backwards));
  }
  return out;
}

/** Fetches and reads the figure. */
export async function loadAsset(url: string): Promise<Asset> {
  const answer = await fetch(url);
  if (!answer.ok) throw new FigureUnavailable("no-mesh", `No figure at ${url}: ${answer.status}.`);
  return parseAsset(await answer.arrayBuffer());
}
