// SPDX-License-Identifier: Apache-2.0
// What the tests came to, left and right side by side, in words.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate, ngettext } from "../i18n";
import { resultsOf, type SideResult, type TestResult } from "../results";
import { scoreSaid } from "../words";
import { link } from "./links";
import type { Model } from "./model";

export function results(model: Model): TemplateResult | typeof nothing {
  const all = resultsOf(model.now.progress);
  if (!all.some(({ sides }) => sides.some(({ score }) => score !== null))) return nothing;
  const { language } = model.payload.timeline;
  return html`<div class="results">
    <h3>${gettext("Your results")}</h3>
    <ul class="list">
      ${all.map(
        (each) =>
          html`<li><span lang=${language}>${each.name}</span><span>${resultSaid(each)}</span></li>`,
      )}
    </ul>
    <p class="small">
      ${gettext("Nearly everybody has a stronger side, and results differ from day to day. This is no diagnosis.")}
      ${link(model, model.payload.progress_url, gettext("See how they change"))}
    </p>
  </div>`;
}

/** "Left 24 s, right 31 s", "12 repetitions". */
export function resultSaid({ kind, sides }: TestResult): string {
  const [first, second] = sides;
  if (!first) return "";
  if (!second) return alone(kind, first);
  return interpolate(gettext("Left %(left)s, right %(right)s"), {
    left: short(kind, first),
    right: short(kind, second),
  });
}

function alone(kind: TestResult["kind"], { score }: SideResult): string {
  return score === null ? gettext("not tested") : scoreSaid(kind, score);
}

function short(kind: TestResult["kind"], { score }: SideResult): string {
  if (score === null) return gettext("not tested");
  if (kind === "hold") return interpolate(gettext("%(count)s s"), { count: score });
  return interpolate(ngettext("%(count)s time", "%(count)s times", score), { count: score });
}
