// SPDX-License-Identifier: Apache-2.0
// A sign in the knee check stops all sessions. Whoever is in the midst of one reads so when it
// stands still, in one calm line.

import { html, nothing, type TemplateResult } from "lit";
import { gettext } from "../i18n";
import type { Payload } from "../wire";
import type { Model } from "./model";

export function stopped({ now, look, payload }: Model): TemplateResult | typeof nothing {
  const standsStill = now.paused || now.kind === "intro" || now.kind === "end";
  if (!look.stopped || !standsStill) return nothing;
  return html`<p class="notice" role="status">
    ${gettext("Your knee check names a sign that somebody should look at before you go on.")}
    <a href=${adviceUrl(payload)}>${gettext("Read what to do")}</a>
  </p>`;
}

/** The advice lies below the knee check. */
function adviceUrl({ check_url: check }: Payload): string {
  return `${check.split("?")[0] ?? ""}advice/`;
}
