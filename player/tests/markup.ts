// SPDX-License-Identifier: Apache-2.0
// What templates say, without a browser to draw them.

/** The markup of a template, without what only a browser can give it. */
export function drawn(value: unknown): string {
  if (Array.isArray(value)) return value.map(drawn).join("");
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null || !("strings" in value)) return "";
  const { strings, values } = value as { strings: string[]; values: unknown[] };
  return strings.map((text, index) => text + drawn(values[index])).join("");
}

/** What a person reads. */
export function text(template: unknown): string {
  return drawn(template)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}
