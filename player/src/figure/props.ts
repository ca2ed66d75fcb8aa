// SPDX-License-Identifier: Apache-2.0
// Mat, chair, cushion, step and wall as simple solids; packs/bake/furniture.py draws the same.

import { BoxGeometry, type BufferGeometry, ExtrudeGeometry, Group, Mesh, Shape, SphereGeometry } from "three";
import type { ShaderMaterial } from "three";
import type { Prop, Vector } from "./clip";

type Piece = readonly [geometry: BufferGeometry, colour: string];

function box(low: Vector, high: Vector): BufferGeometry {
  const [x, y, z] = [high[0] - low[0], high[1] - low[1], high[2] - low[2]];
  const geometry = new BoxGeometry(x, y, z);
  return geometry.translate((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2);
}

function slab([x, y, z]: Vector, colour: string): Piece[] {
  return [[box([-x / 2, 0, -z / 2], [x / 2, y, z / 2]), colour]];
}

function mat([x, y, z]: Vector): Piece[] {
  const [r, a, b] = [0.035, x / 2, z / 2];
  const outline = new Shape();
  outline.absarc(a - r, b - r, r, 0, Math.PI / 2, false);
  outline.absarc(-a + r, b - r, r, Math.PI / 2, Math.PI, false);
  outline.absarc(-a + r, -b + r, r, Math.PI, 1.5 * Math.PI, false);
  outline.absarc(a - r, -b + r, r, 1.5 * Math.PI, 2 * Math.PI, false);
  const geometry = new ExtrudeGeometry(outline, { depth: y, bevelEnabled: false, curveSegments: 6 });
  return [[geometry.rotateX(-Math.PI / 2), "mat"]];
}

function chair(size: Vector): Piece[] {
  const [x, y, z] = [size[0] / 2, size[1], size[2] / 2];
  const post = 0.036;
  const seat = (0.46 / 0.9) * y; // as body/props.py has it
  const parts = [box([-x + 0.01, seat - 0.03, -z], [x, seat, z])];
  for (const low of [-z, z - post]) {
    parts.push(box([x - post, 0, low], [x, seat - 0.03, low + post]));
    parts.push(box([-x, 0, low], [-x + post, y - 0.001, low + post]));
  }
  parts.push(box([-x, y - 0.11, -z], [-x + 0.04, y, z]));
  parts.push(box([-x + 0.006, seat + 0.14, -z + post], [-x + 0.03, seat + 0.21, z - post]));
  return parts.map((part) => [part, "wood"]);
}

/** A pillow: a sphere drawn out towards its box. */
function cushion([x, y, z]: Vector): Piece[] {
  const geometry = new SphereGeometry(1, 32, 20);
  const place = geometry.getAttribute("position");
  const bulge = (value: number) => Math.sign(value) * Math.pow(Math.abs(value), 0.55);
  for (let i = 0; i < place.count; i++) {
    const up = place.getY(i);
    const round = Math.sqrt(Math.max(1 - up * up, 1e-9));
    const wide = bulge(round);
    const [cos, sin] = [place.getX(i) / round, place.getZ(i) / round];
    place.setXYZ(i, (wide * bulge(cos) * x) / 2, ((bulge(up) + 1) * y) / 2, (wide * bulge(sin) * z) / 2);
  }
  geometry.computeVertexNormals();
  return [[geometry, "cushion"]];
}

function pieces({ kind, size }: Prop): Piece[] {
  switch (kind) {
    case "mat":
      return mat(size);
    case "chair":
      return chair(size);
    case "cushion":
      return cushion(size);
    case "step":
      return slab(size, "wood");
    case "wall":
      return slab(size, "wall");
    default:
      return [];
  }
}

/** Meshes of a prop where it stands; `material` gives the one for a colour role. */
export function propMeshes(prop: Prop, material: (colour: string) => ShaderMaterial): Group {
  const group = new Group();
  for (const [geometry, colour] of pieces(prop)) group.add(new Mesh(geometry, material(colour)));
  group.position.set(...prop.position);
  group.rotation.y = (prop.yawDeg * Math.PI) / 180;
  group.updateMatrixWorld(true);
  return group;
}
