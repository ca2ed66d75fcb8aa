// SPDX-License-Identifier: Apache-2.0
// Pain away from the knees: no rule of pain holds there, so the red flags are asked.

import { html, nothing, type TemplateResult } from "lit";
import type { Felt } from "../asking";
import { gettext, woven } from "../i18n";
import type { RedFlag } from "../wire";
import { answers } from "./answers";
import type { Model } from "./model";

/** One list: a tap on what is true, or none of it. */
export function flags({ payload, verbs }: Model, felt: Felt): TemplateResult {
  return html`<p>
      ${gettext("Pain away from the knees follows other rules, so that movement has stopped. Tap what is true for you.")}
    </p>
    <ul class="flags">
      ${payload.red_flags.map(
        (flag) =>
          html`<li>
            <button
              type="button"
              class="choice flag"
              @click=${() => {
                verbs.asking.flag(flag, felt);
              }}
            >
              ${flag.question}
            </button>
          </li>`,
      )}
    </ul>
    ${answers([
      {
        label: gettext("None of this is true"),
        primary: true,
        act: () => {
          verbs.asking.flag(null, felt);
        },
      },
    ])}`;
}

/** The session has ended; what matters now stands first. */
export function advice({ verbs, payload }: Model, flag: RedFlag): TemplateResult {
  return html`<div class="advice" role="alert">${told(flag)}</div>
    <p>
      ${gettext("The session ends here for today. What you did is kept, and stopping was right.")}
      ${payload.check_url ? html`<a href=${payload.check_url}>${gettext("The knee check")}</a>` : nothing}
    </p>
    ${answers([
      {
        label: gettext("Close"),
        act: () => {
          verbs.asking.stay();
        },
      },
    ])}`;
}

function told(flag: RedFlag): TemplateResult {
  return html`<p class="how-soon">${flag.how_soon}</p>
    <p>${flag.go_to}</p>
    <p>${flag.may_mean}</p>
    <h3>${gettext("Words for the call")}</h3>
    <blockquote>${flag.say}</blockquote>`;
}

/** The end of a session that a sign has ended: what to do about it, and nothing beside that. */
export function flagged({ now, payload }: Model): TemplateResult {
  const named = payload.red_flags.filter(({ slug }) => now.flags.includes(slug));
  return html`<section class="end" aria-labelledby="end-title">
    <h2 id="end-title" class="thanks" tabindex="-1">
      ${gettext("This is for somebody who can examine you")}
    </h2>
    ${named.map((flag) => html`<div class="advice">${told(flag)}</div>`)}
    <nav class="ways" aria-label=${gettext("Where to go")}>
      ${
        payload.check_url
          ? html`<a class="button primary" href=${payload.check_url}>${gettext("Answer anew")}</a>`
          : nothing
      }
      <a class="button" href=${payload.library_url}>${gettext("All sessions and movements")}</a>
    </nav>
  </section>`;
}

export function clear(model: Model, { from }: Felt): TemplateResult {
  const { verbs, payload, now } = model;
  const exercise = html`<span lang=${payload.timeline.language}>${from.name}</span>`;
  const isOver = now.kind === "end";
  const goOn = {
    label: isOver ? gettext("Close") : gettext("Go on"),
    primary: true,
    act: () => {
      verbs.asking.stay();
    },
  };
  const finish = {
    label: gettext("Finish here for today"),
    act: () => {
      verbs.asking.finish();
    },
  };
  return html`<p>
      ${woven(gettext("%(exercise)s is left out for today. If the pain stays or comes back, let somebody look at it before you do this movement again."), { exercise })}
    </p>
    ${answers(isOver ? [goOn] : [goOn, finish])}`;
}
