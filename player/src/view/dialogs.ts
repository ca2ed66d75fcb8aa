// SPDX-License-Identifier: Apache-2.0
// What opens over the player: all exercises, how to do this one, keys.

import { html, nothing, type TemplateResult } from "lit";
import { gettext } from "../i18n";
import { keys } from "../keyboard";
import type { SlotProgress } from "../snapshot";
import { planSaid } from "../words";
import { asking } from "./asking";
import { pictured, viewPictures } from "./controls";
import { icon } from "./icons";
import type { Dialog, Model } from "./model";
import { settings } from "./settings";

export function dialog(model: Model, open: Dialog | null): TemplateResult {
  const [title, content] = open ? CONTENT[open](model) : ["", nothing];
  return html`<dialog
    aria-labelledby="dialog-title"
    @close=${(event: Event) => {
      // Told late: another dialog may stand here already.
      if (!(event.currentTarget as HTMLDialogElement).open) model.verbs.close();
    }}
    @click=${(event: MouseEvent) => {
      // A click beside the dialog's content lands on the dialog itself.
      if (event.target === event.currentTarget) model.verbs.close();
    }}
  >
    <div class="dialog-content">
      <div class="dialog-head">
        <h2 id="dialog-title" tabindex="-1">${title}</h2>
        ${pictured({
          icon: "close",
          label: gettext("Close"),
          act: () => model.verbs.close(),
        })}
      </div>
      ${content}
    </div>
  </dialog>`;
}

type Content = (model: Model) => [title: string | TemplateResult, content: TemplateResult];

const CONTENT: Record<Dialog, Content> = {
  outline: (model) => [gettext("All exercises"), outline(model)],
  how: (model) => [named(model.now.shown.rung.name, model), how(model)],
  help: () => [gettext("Keys and help"), help()],
  swap: asking,
  settings: (model) => [gettext("Sound and voice"), settings(model)],
};

function outline(model: Model): TemplateResult {
  const { now, verbs, payload } = model;
  return html`<ol class="outline">
      ${now.progress.map((each, index) => {
        const heading = each.slot.block !== now.progress[index - 1]?.slot.block;
        return html`${heading ? html`<li class="block" lang=${payload.timeline.language}>${each.slot.block}</li>` : nothing}
          <li>${entry(model, each, index)}</li>`;
      })}
    </ol>
    ${
      now.kind === "end"
        ? nothing
        : html`<p class="dialog-foot">
            <button type="button" class="button" @click=${() => verbs.finish()}>
              ${gettext("Finish here for today")}
            </button>
          </p>`
    }`;
}

function entry(model: Model, each: SlotProgress, index: number): TemplateResult {
  const current = index === model.now.here.place.slot;
  const { slot, isAtRest } = each;
  const rung = isAtRest ? each.comes : each.rung;
  return html`<button
    type="button"
    class="entry"
    aria-current=${current ? "step" : "false"}
    aria-disabled=${each.rests ? "true" : "false"}
    @click=${each.rests ? null : () => model.verbs.jump(index)}
  >
    <img src=${rung.still_url} alt="" width="80" height="60" loading="lazy" @error=${hide} />
    <span class="entry-name">
      ${named(rung.name, model)}
      <span class="entry-detail">${planSaid({ slot, rung })}</span>
    </span>
    <span class="entry-state">${stateOf(each, current)}</span>
  </button>`;
}

/** Words of the document, in its own language. */
function named(text: string, { payload }: Model): TemplateResult {
  return html`<span lang=${payload.timeline.language}>${text}</span>`;
}

/** A picture that is not there leaves its plate empty rather than broken. */
function hide(event: Event): void {
  (event.currentTarget as HTMLElement).classList.add("missing");
}

function stateOf(each: SlotProgress, current: boolean): TemplateResult | string {
  const { done, skipped, rests } = each;
  if (done >= 1) return html`${icon("check")}<span>${gettext("Done")}</span>`;
  if (rests) return gettext("Rests today");
  if (skipped) return gettext("Skipped");
  if (current) return gettext("Now");
  return done > 0 ? gettext("Begun") : "";
}

/** All cues of the exercise; also shown beside the figure where there is room. */
export function how({ now, payload }: Model): TemplateResult {
  const { language } = payload.timeline;
  const { cues, cautions } = now.shown.rung;
  const lines: [string, string][] = [
    [gettext("Set up"), cues.set_up],
    [gettext("Move"), cues.move],
    [gettext("Feel"), cues.feel],
    [gettext("Avoid"), cues.avoid],
    [gettext("Breathe"), cues.breathe],
  ];
  return html`<dl class="how">
      ${lines
        .filter(([, text]) => text)
        .map(
          ([name, text]) =>
            html`<div>
              <dt>${name}</dt>
              <dd lang=${language}>${text}</dd>
            </div>`,
        )}
    </dl>
    ${
      cautions.length > 0
        ? html`<ul class="cautions" lang=${language}>
            ${cautions.map((text) => html`<li>${text}</li>`)}
          </ul>`
        : nothing
    }
    <p class="why" lang=${language}>${now.shown.slot.why}</p>`;
}

function help(): TemplateResult {
  return html`<p>
      ${gettext("Pause, go back or forward at any moment: what you did stays counted. Drag the figure to turn it, pinch or scroll to come closer.")}
    </p>
    <p>
      ${gettext("During an exercise pain of up to 2 out of 10 is ideal. At 3 or 4 do less: go easier or move less far. At 5 or more stop that movement: press Skip or swap, then It hurts.")}
    </p>
    <ul class="pictures" aria-label=${gettext("Pictures and what they do")}>
      ${viewPictures().map((each) => html`<li>${icon(each.icon)}<span>${each.label}</span></li>`)}
    </ul>
    <dl class="keys">
      ${keys().map(
        ([key, what]) =>
          html`<div>
            <dt><kbd>${key}</kbd></dt>
            <dd>${what}</dd>
          </div>`,
      )}
    </dl>`;
}
