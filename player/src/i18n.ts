// SPDX-License-Identifier: Apache-2.0
// Words in the language of the page: Django's catalogue where the page has one, else as written.

interface Catalogue {
  gettext(text: string): string;
  ngettext(one: string, many: string, count: number): string;
}

function catalogue(): Catalogue | undefined {
  return (globalThis as { django?: Catalogue }).django;
}

export function gettext(text: string): string {
  return catalogue()?.gettext(text) ?? text;
}

export function ngettext(one: string, many: string, count: number): string {
  return catalogue()?.ngettext(one, many, count) ?? (count === 1 ? one : many);
}

/** Puts drawn values into `%(name)s`, for a template: text and values in turn. */
export function woven<T>(text: string, values: Record<string, T>): (T | string)[] {
  // With a group in the pattern the names come between the texts.
  return text.split(/%\((\w+)\)s/).map((part, index) => {
    if (index % 2 === 0) return part;
    return Object.hasOwn(values, part) ? (values[part] as T) : `%(${part})s`;
  });
}

/** Puts values into `%(name)s`. */
export function interpolate(text: string, values: Record<string, string | number>): string {
  return text.replace(/%\((\w+)\)s/g, (whole, name: string) => String(values[name] ?? whole));
}
