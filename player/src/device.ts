// SPDX-License-Identifier: Apache-2.0
// The name of this browser in logs, and what it remembers; both optional, since storage may refuse.

/** A random UUID, also where the page is not in a secure context. */
export function newId(): string {
  if (typeof (crypto as { randomUUID?: unknown }).randomUUID === "function") {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join("-");
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`hipfirst-${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`hipfirst-${key}`, value);
  } catch {
    // Private windows may refuse: then it lasts as long as the page.
  }
}

/** The same UUID on every visit with this browser. */
export function deviceId(): string {
  const known = recall("device");
  if (known) return known;
  const made = newId();
  remember("device", made);
  return made;
}
