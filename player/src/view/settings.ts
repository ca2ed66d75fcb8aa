// SPDX-License-Identifier: Apache-2.0
// How the session is heard: the dialog to choose it, and the caption of what is said.

import { html, nothing, type TemplateResult } from "lit";
import type { Caption } from "../captions";
import { gettext } from "../i18n";
import { hasMediaButtons } from "../media";
import { isFelt } from "../vibrate";
import { LENGTHS, type Length } from "../voice-settings";
import type { Model } from "./model";

/** Positions in which what matters is low in the picture; of who lies down it is high. */
const UPRIGHT = new Set(["standing", "seated", "kneeling", "half-kneeling"]);

/** What is being said, to be read. The live region tells it to screen readers, so this is none. */
export function captionLine(
  { now, payload }: Model,
  caption: Caption | null | undefined,
): TemplateResult | typeof nothing {
  if (!caption) return nothing;
  const language = (from: "page" | "content"): string =>
    from === "page" ? payload.language : payload.timeline.language;
  const place = UPRIGHT.has(now.shown.rung.position) ? "above" : "below";
  return html`<p class="caption ${place}">
    <span class="caption-text"
      >${caption.map(({ text, from }) => html`<span lang=${language(from)}>${text}</span> `)}</span
    >
  </p>`;
}

export function settings(model: Model): TemplateResult {
  const { look, verbs } = model;
  return html`${lengths(model)}
    <ul class="switches">
      <li>${voiceSwitch(model)}</li>
      <li>${tonesSwitch(model)}</li>
      ${isFelt() ? html`<li>${vibrationSwitch(model)}</li>` : nothing}
      ${hasMediaButtons() ? html`<li>${mediaSwitch(model)}</li>` : nothing}
    </ul>
    ${
      look.noVoice
        ? html`<p class="notice">
            ${gettext("This browser has no voice for this session. Tones and captions carry it.")}
          </p>`
        : nothing
    }
    <p class="dialog-foot">
      <button type="button" class="button" @click=${() => verbs.sample()}>
        ${gettext("Hear a sample")}
      </button>
    </p>
    <p class="note">
      ${gettext("With voice or tones on the session goes on while the screen is dark, as far as your browser lets it. Both play beside your music. All this is remembered on this device.")}
    </p>`;
}

const LENGTH_WORDS: Record<Length, () => [name: string, detail: string]> = {
  full: () => [
    gettext("Everything"),
    gettext("Name, side, how to set up, move and breathe, and each phase at first."),
  ],
  short: () => [gettext("Short"), gettext("Name, side, amount, counts and turning points.")],
  sounds: () => [gettext("Sounds only"), gettext("Tones, and captions to read.")],
};

function lengths({ look, verbs }: Model): TemplateResult {
  return html`<fieldset class="lengths">
    <legend>${gettext("How much is said")}</legend>
    ${LENGTHS.map((length) => {
      const [name, detail] = LENGTH_WORDS[length]();
      return html`<label class="setting">
        <input
          type="radio"
          name="length"
          value=${length}
          .checked=${look.hearing.length === length}
          @change=${() => verbs.hear({ length })}
        />
        <span class="setting-words"><b>${name}</b><span>${detail}</span></span>
      </label>`;
    })}
  </fieldset>`;
}

function voiceSwitch({ look, verbs }: Model): TemplateResult {
  return choice(
    gettext("Voice"),
    gettext("Says what the captions show. Turn it off where a screen reader speaks."),
    look.sound && look.hearing.voice,
    (voice) => verbs.hear({ voice }),
  );
}

function tonesSwitch({ look, verbs }: Model): TemplateResult {
  return choice(
    gettext("Tones"),
    gettext("For each turn and the last seconds before it. Quieter while something is said."),
    look.sound && look.hearing.tones,
    (tones) => verbs.hear({ tones }),
  );
}

function vibrationSwitch({ look, verbs }: Model): TemplateResult {
  return choice(
    gettext("Vibration"),
    gettext("For go, switch sides, rest and the end."),
    look.hearing.vibrate,
    (vibrate) => verbs.hear({ vibrate }),
  );
}

function mediaSwitch({ look, verbs }: Model): TemplateResult {
  return choice(
    gettext("Buttons of lock screen and headset"),
    gettext("Next, back and pause. On some phones music of other apps stops while this is on."),
    look.mediaButtons,
    (lockScreen) => verbs.hear({ lockScreen }),
  );
}

function choice(
  name: string,
  detail: string,
  on: boolean,
  set: (on: boolean) => void,
): TemplateResult {
  return html`<label class="setting">
    <input
      type="checkbox"
      role="switch"
      .checked=${on}
      @change=${(event: Event) => {
        set((event.currentTarget as HTMLInputElement).checked);
      }}
    />
    <span class="setting-words"><b>${name}</b><span>${detail}</span></span>
  </label>`;
}
