// SPDX-License-Identifier: Apache-2.0
// A movement that stands ready in place of another: how it looks, and why it will do.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate, woven } from "../i18n";
import { muscleName, shared } from "../muscles";
import { suits } from "../suits";
import type { Reason, Rung } from "../wire";
import type { Model } from "./model";

/** As many as make a point; the page of the exercise has them all. */
const NAMED_MUSCLES = 3;

export function instead(model: Model, reason: Reason, from: Rung, to: Rung): TemplateResult {
  const muscles = shared(from, to).slice(0, NAMED_MUSCLES).map(muscleName);
  const same = interpolate(gettext("Trains the same: %(muscles)s."), {
    muscles: muscles.join(", "),
  });
  const fact = suits(reason, from, to);
  return html`<div class="instead">
    <img
      src=${to.still_url}
      alt=""
      width="144"
      height="108"
      @load=${(event: Event) => {
        mark(event, false);
      }}
      @error=${(event: Event) => {
        mark(event, true);
      }}
    />
    <div>
      <p class="instead-name">${named(to, model)}</p>
      <p>${fact} ${muscles.length > 0 ? same : nothing}</p>
      <p class="small">
        ${woven(gettext("Instead of %(exercise)s."), { exercise: named(from, model) })}
      </p>
    </div>
  </div>`;
}

/** A picture that is not there leaves its plate empty rather than broken. */
function mark(event: Event, missing: boolean): void {
  (event.currentTarget as HTMLElement).classList.toggle("missing", missing);
}

/** The name of a movement, in the language of the document. */
export function named({ name }: Rung, { payload }: Model): TemplateResult {
  return html`<span lang=${payload.timeline.language}>${name}</span>`;
}
