// SPDX-License-Identifier: Apache-2.0
// The zone of the device goes along with a form, so that a day is the person's own.

export function enhanceZone(page: Document, zone = zoneOfDevice()): void {
  const fields = page.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-zone]");
  for (const field of fields) if (zone && takes(field, zone)) field.value = zone;
}

function zoneOfDevice(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A list has the zones that the site knows. */
function takes(field: HTMLInputElement | HTMLSelectElement, zone: string): boolean {
  return !("options" in field) || [...field.options].some(({ value }) => value === zone);
}
