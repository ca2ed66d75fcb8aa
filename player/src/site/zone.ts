// SPDX-License-Identifier: Apache-2.0
// The zone of the device goes along with a form, so that a day is the person's own.

export function enhanceZone(page: Document, zone = zoneOfDevice()): void {
  const fields = page.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-zone]");
  if (!zone) return;
  for (const field of fields) field.value = named(field, zone) ?? field.value;
}

function zoneOfDevice(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The zone by the name that a list has for it: browsers keep names that lists have given up. */
function named(field: HTMLInputElement | HTMLSelectElement, zone: string): string | undefined {
  if (!("options" in field)) return zone;
  const listed = [...field.options].map(({ value }) => value);
  return listed.find((name) => name === zone) ?? listed.find((name) => nameHere(name) === zone);
}

/** How this browser calls the zone; empty: it knows none of this name. */
function nameHere(name: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return "";
  }
}
