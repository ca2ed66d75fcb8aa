// SPDX-License-Identifier: Apache-2.0
// Before anything plays: what is about to happen, and one button.

import { html, type TemplateResult } from "lit";
import { gettext, interpolate, woven } from "../i18n";
import { minutesSaid, sideAndSet } from "../words";
import { icon } from "./icons";
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
    <p class="detail">
      ${woven(gettext("First: %(exercise)s. %(setUp)s"), {
        exercise: html`<span lang=${language}>${now.here.rung.name}</span>`,
        setUp: html`<span lang=${language}>${now.here.rung.cues.set_up}</span>`,
      })}
    </p>
    <p class="safety">
      ${gettext("Effort is fine. Pain of 5 or more out of 10 means: stop that movement and skip it.")}
    </p>`;
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
