// SPDX-License-Identifier: Apache-2.0
// The catalogue's form answers as soon as something is chosen. Without this it has a button.

export function enhanceFilters(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form[data-filters]");
  const results = page.querySelector<HTMLElement>("[data-results]");
  if (!form || !results) return;
  form.querySelector<HTMLElement>("[data-filters-submit]")?.setAttribute("hidden", "");
  let asked = 0;
  form.addEventListener("change", () => {
    asked += 1;
    const mine = asked;
    void update(form, results, () => mine === asked);
  });
  // Back and forward change the form too, which the server draws best.
  window.addEventListener("popstate", () => {
    page.location.reload();
  });
}

async function update(
  form: HTMLFormElement,
  results: HTMLElement,
  isLatest: () => boolean,
): Promise<void> {
  const url = addressOf(form);
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser()
      .parseFromString(await response.text(), "text/html")
      .querySelector("[data-results]");
    if (!isLatest()) return;
    if (!fresh) throw new Error(`${url} answered ${response.status} without a list`);
    results.replaceChildren(...fresh.childNodes);
    history.pushState(null, "", url);
  } catch {
    // Offline, or an answer that is no list: let the browser say so in its own words.
    window.location.assign(url);
  } finally {
    if (isLatest()) results.removeAttribute("aria-busy");
  }
}

/** The address of what is chosen, without fields that are left at any. */
export function addressOf(form: HTMLFormElement): string {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value) query.append(name, value);
  }
  const text = query.toString();
  const path = new URL(form.action).pathname;
  return text ? `${path}?${text}` : path;
}
