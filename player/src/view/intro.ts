// SPDX-License-Identifier: Apache-2.0
// Before anything plays: what is about to happen, and one button.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate, woven } from "../i18n";
import { minutesSaid, sideAndSet } from "../words";
import { icon } from "./icons";
import type { Payload } from "../wire";
import type { Model } from "./model";

export function intro(model: Model): TemplateResult {
  return html`<section class="panel intro">
    ${model.begun ? welcomeBack(model) : welcome(model)}
    <button
      type="button"
      class="worded primary begin"
      id="begin"
      @click=${() => model.verbs.start()}
    >
      ${icon("play")}<span>${model.begun ? gettext("Continue") : gettext("Start")}</span>
    </button>
  </section>`;
}

function welcome({ now, payload }: Model): TemplateResult {
  const { language, slots, title } = payload.timeline;
  const count = slots.length;
  return html`<h2 class="exercise" lang=${language}>${title}</h2>
    <p class="lead">
      ${interpolate(gettext("%(count)s exercises, about %(time)s."), {
        count,
        time: minutesSaid(payload.timeline.seconds),
      })}
      ${gettext("Go back, forward or skip whenever you like.")}
    </p>
    ${changes(payload)}
    <p class="detail">
      ${woven(gettext("First: %(exercise)s. %(setUp)s"), {
        exercise: html`<span lang=${language}>${now.here.rung.name}</span>`,
        setUp: html`<span lang=${language}>${now.here.rung.cues.set_up}</span>`,
      })}
    </p>
    <p class="safety">
      ${gettext("Effort is fine. Pain of 5 or more out of 10 means: stop that movement. Press Skip or swap, then It hurts.")}
    </p>`;
}

/** What today's session has otherwise than it was written, and why. */
function changes({ timeline, rules_url: rules }: Payload): TemplateResult | typeof nothing {
  const { changes: all, instead_of: asked, language } = timeline;
  if (all.length === 0 && !asked) return nothing;
  const title = html`<span lang=${language}>${asked}</span>`;
  return html`<div class="changes">
    <h3>${gettext("Different today")}</h3>
    ${asked ? html`<p>${woven(gettext("In place of %(session)s."), { session: title })}</p>` : nothing}
    <ul>
      ${all.map(
        ({ before, after, because }) =>
          html`<li lang=${language}>
            ${changed(before, after)} <span class="small">${because}</span>
          </li>`,
      )}
    </ul>
    <p class="small"><a href=${rules}>${gettext("The knee rules, and why")}</a></p>
  </div>`;
}

function changed(before: string, after: string): TemplateResult {
  if (!after) return html`<strong>${before}</strong>: ${gettext("left out")}.`;
  return before
    ? html`<strong>${after}</strong> ${interpolate(gettext("instead of %(before)s."), { before })}`
    : html`<strong>${after}</strong>.`;
}

function welcomeBack({ now, payload }: Model): TemplateResult {
  const name = html`<span lang=${payload.timeline.language}>${now.here.rung.name}</span>`;
  const side = sideAndSet(now.here);
  const where = side ? [name, `, ${side}`] : name;
  return html`<h2 class="exercise">${gettext("Welcome back")}</h2>
    <p class="lead">${woven(gettext("You are at: %(where)s."), { where })}</p>
    <p class="detail">
      ${interpolate(gettext("About %(time)s to go. All you did is kept."), {
        time: minutesSaid(now.sessionLeft),
      })}
    </p>`;
}
