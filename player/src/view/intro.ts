// SPDX-License-Identifier: Apache-2.0
// Before anything plays: what is about to happen, and one button.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate, ngettext, woven } from "../i18n";
import { minutesSaid, sideAndSet } from "../words";
import { isTestSlot } from "../plan";
import { icon } from "./icons";
import type { ChangeNote, Payload } from "../wire";
import type { Model } from "./model";
import { stopped } from "./stopped";

export function intro(model: Model): TemplateResult {
  return html`<section class="panel intro">
    ${stopped(model)} ${model.begun ? welcomeBack(model) : welcome(model)}
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
  const first = now.progress.find(({ rests }) => !rests)?.comes ?? now.here.rung;
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
    ${changes(payload)} ${resting(payload)} ${testing(payload)}
    <p class="detail">
      ${woven(gettext("First: %(exercise)s. %(setUp)s"), {
        exercise: html`<span lang=${language}>${first.name}</span>`,
        setUp: html`<span lang=${language}>${first.cues.set_up}</span>`,
      })}
    </p>
    <p class="safety">
      ${gettext("Effort is fine. Pain of 5 or more out of 10 means: stop that movement. Press Skip or swap, then It hurts.")}
    </p>`;
}

/** What a test is, before the first one. */
function testing({ timeline }: Payload): TemplateResult | typeof nothing {
  if (!timeline.slots.some(isTestSlot)) return nothing;
  return html`<p class="detail">
    ${gettext("A test ends when you say so: stop while it still goes well. You can do each one again, and the best counts.")}
  </p>`;
}

/** Where no site could plan around it. */
function resting({ timeline }: Payload): TemplateResult | typeof nothing {
  if (!timeline.resting?.length) return nothing;
  return html`<p class="detail">
    ${gettext("What hurt today or yesterday rests in this session, and so does what is harder.")}
  </p>`;
}

/** As many changes as are read at a glance; more wait behind one line. */
const SHOWN_CHANGES = 3;

/** What today's session has otherwise than it was written, and why. */
function changes(payload: Payload): TemplateResult | typeof nothing {
  const { changes: all, instead_of: asked, language } = payload.timeline;
  if (all.length === 0 && !asked) return nothing;
  const title = html`<span lang=${language}>${asked}</span>`;
  const count = all.length;
  const many = ngettext("%(count)s change for today", "%(count)s changes for today", count);
  return html`<div class="changes">
    ${asked ? html`<p>${woven(gettext("Today in place of %(session)s."), { session: title })}</p>` : nothing}
    ${
      count > 0
        ? html`<details ?open=${count <= SHOWN_CHANGES}>
            <summary>${interpolate(many, { count })}</summary>
            <ul>
              ${[...byReason(all)].map(([because, notes]) => reason(payload, because, notes))}
            </ul>
          </details>`
        : nothing
    }
  </div>`;
}

function byReason(all: readonly ChangeNote[]): Map<string, ChangeNote[]> {
  const groups = new Map<string, ChangeNote[]>();
  for (const note of all) groups.set(note.because, [...(groups.get(note.because) ?? []), note]);
  return groups;
}

/** One reason, what it changed, and the rule behind it. */
function reason(
  { timeline, rules_url: rules }: Payload,
  because: string,
  notes: readonly ChangeNote[],
): TemplateResult {
  return html`<li>
    ${because}
    <a href="${rules}#rule-${notes[0]?.rule ?? ""}" target="_blank" rel="noopener"
      >${gettext("The rule")}</a
    >
    <ul class="small">
      ${notes.map((note) => html`<li>${changed(note, timeline.language)}</li>`)}
    </ul>
  </li>`;
}

function changed(note: ChangeNote, language: string): unknown {
  const before = html`<span lang=${language}>${note.before}</span>`;
  const after = html`<span lang=${language}>${note.after}</span>`;
  if (!note.after) return woven(gettext("%(before)s: left out"), { before });
  return note.before ? woven(gettext("%(after)s instead of %(before)s"), { after, before }) : after;
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
