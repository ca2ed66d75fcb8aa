// SPDX-License-Identifier: Apache-2.0
// What stands above every screen: the way out, how far along the session is, sound and help.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate } from "../i18n";
import type { SlotProgress } from "../snapshot";
import { minutesLeft } from "../words";
import { pictured } from "./controls";
import { icon } from "./icons";
import type { Payload } from "../wire";
import type { Look, Model, Verbs } from "./model";

export function topBar({ now, look, verbs, payload }: Model): TemplateResult {
  return html`<header class="top-bar">
    <a class="leave" href=${payload.session_url} aria-label=${gettext("Leave to the session page")}>
      ${icon("leave")}
    </a>
    <div class="session">
      <h1 class="title" lang=${payload.timeline.language}>${payload.timeline.title}</h1>
      <p class="left">
        ${previewSaid(payload)}
        ${now.kind === "end" ? gettext("Done for today") : minutesLeft(now.sessionLeft)}
        ${reach(look)}
      </p>
    </div>
    ${now.flags.length > 0 ? nothing : pictured(outline(verbs))}
    ${pictured({
      icon: look.sound ? "soundOn" : "soundOff",
      label: gettext("Sound"),
      act: () => verbs.sound(),
      pressed: look.sound,
    })}
    ${pictured({
      icon: "settings",
      label: gettext("Sound and voice"),
      act: () => verbs.open("settings"),
    })}
    ${pictured({
      icon: "help",
      label: gettext("Keys and help"),
      act: () => verbs.open("help"),
    })}
  </header>`;
}

/** Whoever plays a part knows so all along. */
function previewSaid({ timeline }: Payload): TemplateResult | typeof nothing {
  if (!timeline.preview_of) return nothing;
  const said = interpolate(gettext("Preview: first %(played)s of %(whole)s"), {
    played: timeline.slots.length,
    whole: timeline.preview_of,
  });
  return html`<span class="preview">${said}</span>`;
}

/** No way leads back into a session that a sign has ended. */
function outline(verbs: Verbs): Parameters<typeof pictured>[0] {
  return { icon: "outline", label: gettext("All exercises"), act: () => verbs.open("outline") };
}

/** How it stands between this page and the site, where that is worth a word. */
function reach(look: Look): TemplateResult | typeof nothing {
  const said = reachSaid(look);
  return said ? html`<span class="waiting">${said}</span>` : nothing;
}

function reachSaid({ waiting, stranger, unknown, unstored }: Look): string {
  if (unknown) return gettext("This site no longer knows this session");
  if (unstored && waiting) return gettext("Offline, and nothing can be stored");
  if (unstored) return gettext("Not stored: keep this page open");
  if (stranger) return gettext("Not recognised: kept here for now");
  return waiting ? gettext("Offline: kept here for now") : "";
}

/** One piece for each exercise; how full and how wide it is comes by custom properties. */
export function progressBar({ now }: Model): TemplateResult {
  const done = now.progress.reduce((sum, each) => sum + each.done * each.seconds, 0);
  const all = now.progress.reduce((sum, each) => sum + each.seconds, 0);
  return html`<div
    class="progress"
    role="progressbar"
    aria-label=${gettext("Session")}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.round((100 * done) / all)}
  >
    ${now.progress.map(
      (each, index) =>
        html`<span class="piece ${pieceState(each, index === now.here.place.slot)}">
          <span class="filled"></span>
        </span>`,
    )}
  </div>`;
}

function pieceState({ skipped }: SlotProgress, current: boolean): string {
  return [skipped ? "skipped" : "", current ? "current" : ""].join(" ");
}
