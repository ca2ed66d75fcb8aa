// SPDX-License-Identifier: Apache-2.0
// Numbers from 0 to 10, large enough for a thumb: one tap, or one choice of a form.

import { html, nothing, type TemplateResult } from "lit";
import { gettext } from "../i18n";

const NUMBERS = Array.from({ length: 11 }, (_, number) => number);

interface Ends {
  /** What the lowest and the highest number mean. */
  low: string;
  high: string;
}

/** Buttons: the tap is the answer. */
export function scale({
  low,
  high,
  act,
}: Ends & { act: (number: number) => void }): TemplateResult {
  return html`<div class="scale">
      ${NUMBERS.map(
        (number) =>
          html`<button
            type="button"
            class="number"
            aria-label=${number === 0 ? low : number === 10 ? high : String(number)}
            @click=${() => {
              act(number);
            }}
          >
            ${number}
          </button>`,
      )}
    </div>
    ${ends({ low, high })}`;
}

/** One question of a form. */
export type Question = {
  name: string;
  legend: string;
  /** Chosen from the start; null: none. */
  value: number | null;
} & (Ends | { /** What numbers mean, for those that have words. */ words: Record<number, string> });

/** One choice of a form, which may stay open, also after a number was chosen. */
export function scaleField(question: Question): TemplateResult {
  const { name, legend, value } = question;
  const words = "words" in question ? question.words : null;
  return html`<fieldset class="field">
    <legend>${legend}</legend>
    <div class="scale">
      ${NUMBERS.map(
        (number) =>
          html`<label class="number">
            <input type="radio" name=${name} value=${number} .checked=${value === number} />
            <span class="digit">${number}</span>
            ${words ? html`<span class="word">${words[number] ?? ""}</span>` : nothing}
          </label>`,
      )}
    </div>
    ${"words" in question ? nothing : ends(question)}
    <label class="untold">
      <input type="radio" name=${name} value="" .checked=${value === null} />
      <span>${gettext("Not told")}</span>
    </label>
  </fieldset>`;
}

function ends({ low, high }: Ends): TemplateResult {
  return html`<p class="ends" aria-hidden="true"><span>${low}</span><span>${high}</span></p>`;
}
