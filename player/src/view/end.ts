// SPDX-License-Identifier: Apache-2.0
// The end: what was done, thanks, and the ways on.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate, ngettext, woven } from "../i18n";
import { isTestSlot } from "../plan";
import { summaryOf, type ExerciseDone, type Summary } from "../summary";
import { minutesSaid, repsSaid, secondsSaid, setsSaid } from "../words";
import { flagged } from "./flags";
import type { Model } from "./model";
import { rating } from "./rating";
import { results } from "./results";
import { stopped } from "./stopped";

export function end(model: Model): TemplateResult {
  const { now, payload, verbs } = model;
  if (now.flags.length > 0) return flagged(model);
  const summary = summaryOf(now.progress);
  const { language, preview_of: whole } = payload.timeline;
  return html`<section class="end" aria-labelledby="end-title">
    <h2 id="end-title" class="thanks" tabindex="-1">
      ${whole ? gettext("That was the preview.") : thanks(summary)}
    </h2>
    ${whole ? preview(model) : nothing} ${stopped(model)}
    ${summary.exercises.length > 0 ? figures(summary) : nothing} ${results(model)} ${rating(model)}
    ${done(model)}
    ${summary.left.length > 0 ? left(summary, language, (slot) => verbs.jump(slot)) : nothing}
    <nav class="ways" aria-label=${gettext("Where to go")}>
      <a class="button primary" href=${payload.session_url}>${gettext("To the session page")}</a>
      <a class="button" href=${payload.library_url}>${gettext("All sessions and movements")}</a>
      <button type="button" class="button" @click=${() => verbs.back()}>
        ${gettext("Back to the last exercise")}
      </button>
    </nav>
  </section>`;
}

/** What was played and what was not, as it is. */
function preview(model: Model): TemplateResult {
  const { now, payload } = model;
  const { title, language, preview_of: whole } = payload.timeline;
  const played = now.progress.length;
  const said = ngettext(
    "This was the first of %(whole)s exercises of %(session)s. The whole session is for members.",
    "These were the first %(played)s of %(whole)s exercises of %(session)s. The whole session is for members.",
    played,
  );
  const values = {
    played: String(played),
    whole: String(whole),
    session: html`<span lang=${language}>${title}</span>`,
  };
  return html`<p class="lead">${woven(said, values)}</p>
    ${joining(model)}`;
}

/** The way to the whole session, after its preview. */
function joining({ payload, look }: Model): TemplateResult | typeof nothing {
  const { join_url: url, timeline } = payload;
  if (!timeline.preview_of || !url || look.waiting) return nothing;
  return html`<a class="button primary" href=${url}>${gettext("See what membership is")}</a>`;
}

function thanks({ exercises }: Summary): string {
  return exercises.length > 0
    ? gettext("That was time well spent. Thank you for looking after your hips and knees.")
    : gettext("Enough for today. Come back whenever it suits you.");
}

function figures({ seconds, sets, exercises }: Summary): TemplateResult {
  const count = exercises.length;
  const moves = ngettext("%(count)s exercise", "%(count)s exercises", count);
  return html`<ul class="figures">
    <li>
      ${seconds < 45 ? secondsSaid(seconds) : minutesSaid(seconds)}<span
        >${gettext("of work")}</span
      >
    </li>
    <li>${interpolate(moves, { count })}<span>${gettext("whole or in part")}</span></li>
    ${sets > 0 ? html`<li>${setsSaid(sets)}<span>${gettext("finished")}</span></li>` : nothing}
  </ul>`;
}

/** Tests have results in place of amounts. */
function done({ now, payload }: Model): TemplateResult | typeof nothing {
  const { exercises } = summaryOf(now.progress.filter(({ slot }) => !isTestSlot(slot)));
  if (exercises.length === 0) return nothing;
  const { language } = payload.timeline;
  return html`<div class="done">
    <h3>${gettext("What you did")}</h3>
    <ul class="list">
      ${exercises.map((each) => html`<li><span lang=${language}>${each.name}</span><span>${counted(each)}</span></li>`)}
    </ul>
  </div>`;
}

function counted({ reps, heldSeconds }: ExerciseDone): string {
  const held = interpolate(gettext("%(time)s held"), { time: secondsSaid(heldSeconds) });
  const parts = [reps > 0 ? repsSaid(reps) : "", heldSeconds > 0 ? held : ""].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : gettext("Started");
}

function left(
  { left: slots }: Summary,
  language: string,
  jump: (slot: number) => void,
): TemplateResult {
  return html`<div class="left-out">
    <h3>${gettext("Left for another time")}</h3>
    <ul class="list">
      ${slots.map(
        ({ slot, name, rests }) =>
          html`<li>
            <span lang=${language}>${name}</span>
            ${
              rests
                ? html`<span>${gettext("Rests today")}</span>`
                : html`<button
                    type="button"
                    class="plain"
                    @click=${() => {
                      jump(slot);
                    }}
                  >
                    ${gettext("Do it now")}<span class="unseen" lang=${language}>: ${name}</span>
                  </button>`
            }
          </li>`,
      )}
    </ul>
  </div>`;
}
