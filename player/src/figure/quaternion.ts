// SPDX-License-Identifier: Apache-2.0
// Unit quaternions x, y, z, w, written into flat arrays at an offset: nothing is allocated per frame.

export type Numbers = Float32Array | Float64Array | readonly number[];
export type Target = Float32Array | Float64Array;

/** out = a * b: the rotation that applies b first. `out` may be `a` or `b`. */
export function multiply(
  out: Target,
  o: number,
  a: Numbers,
  i: number,
  b: Numbers,
  j: number,
): void {
  const [ax, ay, az, aw] = [at(a, i), at(a, i + 1), at(a, i + 2), at(a, i + 3)];
  const [bx, by, bz, bw] = [at(b, j), at(b, j + 1), at(b, j + 2), at(b, j + 3)];
  out[o] = aw * bx + ax * bw + ay * bz - az * by;
  out[o + 1] = aw * by - ax * bz + ay * bw + az * bx;
  out[o + 2] = aw * bz + ax * by - ay * bx + az * bw;
  out[o + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

/** The shorter way from a to b at t in 0..1. */
export function slerp(
  out: Target,
  o: number,
  a: Numbers,
  i: number,
  b: Numbers,
  j: number,
  t: number,
): void {
  let dot = 0;
  for (let k = 0; k < 4; k++) dot += at(a, i + k) * at(b, j + k);
  const sign = dot < 0 ? -1 : 1;
  const angle = Math.acos(Math.min(1, Math.abs(dot)));
  const small = angle < 1e-6;
  const wa = small ? 1 - t : Math.sin((1 - t) * angle) / Math.sin(angle);
  const wb = sign * (small ? t : Math.sin(t * angle) / Math.sin(angle));
  let length = 0;
  for (let k = 0; k < 4; k++) {
    const value = wa * at(a, i + k) + wb * at(b, j + k);
    out[o + k] = value;
    length += value * value;
  }
  const scale = 1 / Math.sqrt(length);
  for (let k = 0; k < 4; k++) out[o + k] = at(out, o + k) * scale;
}

/** out = v turned by q. */
export function rotate(
  out: Target,
  o: number,
  q: Numbers,
  i: number,
  v: Numbers,
  j: number,
): void {
  const [x, y, z, w] = [at(q, i), at(q, i + 1), at(q, i + 2), at(q, i + 3)];
  const [vx, vy, vz] = [at(v, j), at(v, j + 1), at(v, j + 2)];
  const tx = 2 * (y * vz - z * vy);
  const ty = 2 * (z * vx - x * vz);
  const tz = 2 * (x * vy - y * vx);
  out[o] = vx + w * tx + y * tz - z * ty;
  out[o + 1] = vy + w * ty + z * tx - x * tz;
  out[o + 2] = vz + w * tz + x * ty - y * tx;
}

/** Rows of the rotation matrix of q, four numbers apart, each followed by a free place. */
export function toRows(out: Target, o: number, q: Numbers, i: number): void {
  const [x, y, z, w] = [at(q, i), at(q, i + 1), at(q, i + 2), at(q, i + 3)];
  out[o] = 1 - 2 * (y * y + z * z);
  out[o + 1] = 2 * (x * y - w * z);
  out[o + 2] = 2 * (x * z + w * y);
  out[o + 4] = 2 * (x * y + w * z);
  out[o + 5] = 1 - 2 * (x * x + z * z);
  out[o + 6] = 2 * (y * z - w * x);
  out[o + 8] = 2 * (x * z - w * y);
  out[o + 9] = 2 * (y * z + w * x);
  out[o + 10] = 1 - 2 * (x * x + y * y);
}

/** The number at `i`; indices come from loops over known lengths. */
export function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? NaN;
}
