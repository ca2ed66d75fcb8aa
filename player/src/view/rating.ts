// SPDX-License-Identifier: Apache-2.0
// How it felt: pain per knee, effort, a line of note. All of it may be left open.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate } from "../i18n";
import { felt, kneeOf, nextTime, worstPain } from "../outlook";
import type { Outlook, Rating } from "../wire";
import { link } from "./links";
import type { Model } from "./model";
import { scaleField, type Question } from "./scale";

/** Characters of a note; the site takes as many. */
const NOTE_LENGTH = 500;

export function rating(model: Model): TemplateResult {
  return html`<div class="rating">${form(model)} ${told(model)}</div>`;
}

function form(model: Model): TemplateResult {
  const { now, verbs } = model;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    verbs.rate(ratingOf(new FormData(event.currentTarget as HTMLFormElement)));
  };
  return html`<form class="rate" @submit=${save}>
    <h3>${gettext("How was it?")}</h3>
    <p class="small">${gettext("Answer what you like: it shapes your next session.")}</p>
    ${questions(model).map(scaleField)}
    <label class="field">
      <span class="legend">${gettext("A line for yourself")}</span>
      <textarea
        name="note"
        rows="2"
        maxlength=${NOTE_LENGTH}
        .value=${now.rating?.note ?? ""}
      ></textarea>
    </label>
    <button type="submit" class="button primary">${gettext("Save")}</button>
  </form>`;
}

/** What was told before stands there, and what hurt on the way. */
function questions({ now }: Model): Question[] {
  const known = now.rating;
  const ends = { low: gettext("0: no pain"), high: gettext("10: the worst you can imagine") };
  return [
    {
      name: "left",
      legend: gettext("Most pain in the left knee during the session"),
      value: known ? known.pain_left : worstPain(now.hurts, "left"),
      ...ends,
    },
    {
      name: "right",
      legend: gettext("Most pain in the right knee during the session"),
      value: known ? known.pain_right : worstPain(now.hurts, "right"),
      ...ends,
    },
    {
      name: "effort",
      legend: gettext("How hard was it?"),
      value: known?.effort ?? null,
      words: efforts(),
    },
  ];
}

/** Borg's CR10 scale in words. */
function efforts(): Record<number, string> {
  return {
    0: gettext("nothing at all"),
    1: gettext("very light"),
    2: gettext("light"),
    3: gettext("moderate"),
    4: gettext("somewhat hard"),
    5: gettext("hard"),
    7: gettext("very hard"),
    10: gettext("extremely hard"),
  };
}

export function ratingOf(data: FormData): Rating {
  const number = (name: string): number | null => {
    const given = data.get(name);
    return typeof given === "string" && given !== "" ? Number(given) : null;
  };
  const note = data.get("note");
  return {
    pain_left: number("left"),
    pain_right: number("right"),
    effort: number("effort"),
    // Half a character is no text.
    note: typeof note === "string" ? note.slice(0, NOTE_LENGTH).replace(/\p{Surrogate}/gu, "") : "",
  };
}

function told(model: Model): TemplateResult | typeof nothing {
  const { now, payload } = model;
  if (!now.rating) return nothing;
  const worst = felt(now.rating, now.hurts);
  const rows = payload.timeline.outlook;
  // Pain counts in any case; what nobody did was neither easy nor work enough.
  const row = nextTime(didAny(model) ? rows : rows.filter((each) => each.pain_from > 0), worst);
  return html`<div class="next-time" id="rated" tabindex="-1">
    <h3>${gettext("Saved. Thank you.")}</h3>
    ${
      row
        ? html`<p>
            <strong>${gettext("What follows:")}</strong>
            ${kneeSaid(row, worst)} ${row.text}
            <a href="${payload.rules_url}#rule-${row.rule}">${gettext("The rule")}</a>
          </p>`
        : html`<p>${gettext("The next session is planned from what you told.")}</p>`
    }
    ${later(model)}
  </div>`;
}

/** Whether anything of the session was done. */
function didAny(model: Model): boolean {
  return model.now.progress.some(({ done }) => done > 0);
}

/** When the knees are asked after: what comes later says more than the session itself. */
function later(model: Model): TemplateResult | typeof nothing {
  const { today_url: url, timeline } = model.payload;
  // What was only tried is not asked after.
  if (!url || timeline.preview_of || !didAny(model)) return nothing;
  return html`<p>
    ${gettext("In an hour and tomorrow morning we ask how your knees took it.")}
    ${link(model, url, gettext("You answer on your page for today"))}
  </p>`;
}

/** "Left knee, 5:" before what follows from it. */
function kneeSaid(row: Outlook, rating: Rating): string {
  const knee = kneeOf(row, rating);
  if (!knee) return "";
  const said = {
    left: gettext("Left knee, %(pain)s:"),
    right: gettext("Right knee, %(pain)s:"),
    both: gettext("Both knees, %(pain)s:"),
  }[knee];
  const pain = Math.max(rating.pain_left ?? 0, rating.pain_right ?? 0);
  return interpolate(said, { pain });
}
