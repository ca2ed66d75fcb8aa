// SPDX-License-Identifier: Apache-2.0
// Light, dark or as the device: kept in a cookie, so that the server sends the right page at once.

const A_YEAR_S = 365 * 24 * 3600;
const CHOICES = ["light", "system", "dark"] as const;
type Choice = (typeof CHOICES)[number];

function isChoice(value: string | undefined): value is Choice {
  return CHOICES.some((choice) => choice === value);
}

export function enhanceTheme(page: Document): void {
  const group = page.querySelector<HTMLElement>("[data-theme-switch]");
  if (!group) return;
  const buttons = [...group.querySelectorAll<HTMLButtonElement>("[data-theme-choice]")];
  const show = (chosen: Choice): void => {
    page.documentElement.dataset["theme"] = chosen;
    for (const button of buttons) {
      const pressed = button.dataset["themeChoice"] === chosen;
      button.setAttribute("aria-pressed", String(pressed));
    }
  };
  group.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    const chosen = button?.dataset["themeChoice"];
    if (!isChoice(chosen)) return;
    remember(page, chosen);
    show(chosen);
  });
  const given = page.documentElement.dataset["theme"];
  show(isChoice(given) ? given : "system");
  group.hidden = false;
}

function remember(page: Document, chosen: Choice): void {
  const age = chosen === "system" ? 0 : A_YEAR_S;
  const secure = page.location.protocol === "https:" ? "; Secure" : "";
  page.cookie = `theme=${chosen}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}
