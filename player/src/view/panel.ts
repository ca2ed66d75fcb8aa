// SPDX-License-Identifier: Apache-2.0
// What to do now: the exercise, the side, the count and the cue.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate, ngettext, woven } from "../i18n";
import type { Ache } from "../resting";
import { heldPhase } from "../plan";
import type { Scene, Snapshot, Test } from "../snapshot";
import { afterPutInRest, amount, replaced, resultNext, scoreSaid, setOf, sideName } from "../words";
import { how } from "./dialogs";
import { icon } from "./icons";
import type { Model } from "./model";
import { stopped } from "./stopped";

export function panel(model: Model): TemplateResult {
  const { now } = model;
  return html`<section class="panel" aria-label=${gettext("Now")}>
    ${notice(model)} ${stopped(model)} ${headline(model)}
    <div class="count-and-cue">${dial(now)} ${cue(model)}</div>
    <div class="beside" role="region" aria-label=${gettext("How to do it")} tabindex="0">
      ${how(model)}
    </div>
  </section>`;
}

function headline({ now, payload }: Model): TemplateResult {
  const isBetween = now.kind === "rest" && afterPutInRest(now) === null;
  const scene = now.shown;
  const { language } = payload.timeline;
  const kicker = isBetween
    ? html`<p class="kicker">${gettext("Next")}</p>`
    : html`<p class="kicker" lang=${language}>${scene.slot.block}</p>`;
  return html`<header class="headline">
    ${kicker}
    <h2 class="exercise" lang=${language}>${scene.rung.name}</h2>
    ${chips(scene)} ${because(scene, language)}
  </header>`;
}

/** Why it is this movement and no other, in a line: the newest reason. */
function because(scene: Scene, language: string): TemplateResult | typeof nothing {
  if (scene.ache) return html`<p class="because">${ached(scene.ache, language)}</p>`;
  const planned = replaced(scene);
  if (planned) {
    const exercise = html`<span lang=${language}>${planned.name}</span>`;
    return html`<p class="because">${woven(gettext("Instead of %(exercise)s"), { exercise })}</p>`;
  }
  const [first] = scene.slot.because;
  return first ? html`<p class="because">${first}</p>` : nothing;
}

function ached({ hurt, from }: Ache, language: string): unknown {
  const exercise = html`<span lang=${language}>${from.name}</span>`;
  const said = {
    left: gettext("Left knee: %(pain)s in %(exercise)s"),
    right: gettext("Right knee: %(pain)s in %(exercise)s"),
    elsewhere: gettext("Pain away from the knees in %(exercise)s"),
  }[hurt.where];
  return woven(said, { pain: String(hurt.pain ?? 0), exercise });
}

export function chips(scene: Scene): TemplateResult {
  const side = sideName(scene.side);
  return html`<ul class="chips">
    ${side ? html`<li class="chip side ${scene.side}">${side}</li>` : nothing}
    ${scene.sets > 1 ? html`<li class="chip">${setOf(scene)}</li>` : nothing}
    <li class="chip">${amount(scene.rung)}</li>
  </ul>`;
}

/** The big number in its ring. The ring fills by a custom property that is set frame by frame. */
function dial(now: Snapshot): TemplateResult {
  const { count, unit } = counted(now);
  return html`<div class="dial ${now.kind}" role="timer" aria-live="off">
    <svg class="ring" viewBox="0 0 120 120" aria-hidden="true">
      <circle class="track" cx="60" cy="60" r="54" pathLength="1" />
      <circle class="fill" cx="60" cy="60" r="54" pathLength="1" />
    </svg>
    <p class="count"><span class="numeral">${count}</span><span class="unit">${unit}</span></p>
  </div>`;
}

function counted(now: Snapshot): { count: number; unit: string } {
  const { work } = now.here.rung;
  if (now.test && (now.kind === "result" || (now.kind === "work" && now.test.kind === "hold"))) {
    const { kind, score } = now.test;
    const reps = ngettext("repetition", "repetitions", score);
    return { count: score, unit: kind === "count" ? reps : gettext("seconds") };
  }
  if (now.kind !== "work") return { count: now.secondsLeft, unit: gettext("seconds") };
  if (work.kind !== "reps") return { count: now.secondsLeft, unit: gettext("seconds") };
  const count = Math.min(now.motion.reps + 1, work.reps);
  return { count, unit: interpolate(gettext("of %(count)s"), { count: work.reps }) };
}

function cue(model: Model): TemplateResult {
  const { now, payload } = model;
  const { cues } = now.shown.rung;
  const { language } = payload.timeline;
  switch (now.kind) {
    case "switch":
      return html`<div class="cue">
        <p class="say">${icon("sides")} ${gettext("Switch sides")}</p>
        <p class="detail" lang=${language}>${cues.set_up}</p>
      </div>`;
    case "rest":
      return html`<div class="cue">
        <p class="say">${gettext("Rest")}</p>
        ${restDetail(model)}
      </div>`;
    case "work":
      return now.test ? testCue(model, now.test) : workCue(model);
    case "result":
      return resultCue(model);
    case "intro":
    case "end":
    case "get-ready":
      return html`<div class="cue">
        <p class="say">${gettext("Get ready")}</p>
        <p class="detail" lang=${language}>${cues.set_up}</p>
      </div>`;
  }
}

function restDetail({ now, payload }: Model): TemplateResult {
  if (now.next && now.next.place.slot !== now.here.place.slot) {
    const { set_up: setUp } = now.next.rung.cues;
    return html`<p class="detail" lang=${payload.timeline.language}>${setUp}</p>`;
  }
  const last = gettext("That was the last one.");
  const same = gettext("Let everything go. The same movement comes again.");
  return html`<p class="detail">${now.next ? (afterPutInRest(now) ?? same) : last}</p>`;
}

function workCue({ now, payload }: Model): TemplateResult {
  const { language } = payload.timeline;
  const { work, cues } = now.here.rung;
  const stretch = work.phases[now.motion.stretch];
  const held = work.kind === "hold" && now.motion.stretch === heldPhase(now.here.rung);
  return html`<div class="cue">
    <p class="say" lang=${language}>${stretch?.cue ?? stretch?.name ?? ""}</p>
    ${tempo(now)}
    <p class="detail" lang=${language}>${held ? cues.breathe : cues.feel}</p>
  </div>`;
}

/** What a test asks for while it is done. */
function testCue({ now, payload }: Model, { kind }: Test): TemplateResult {
  const { language } = payload.timeline;
  const { work, cues } = now.here.rung;
  const isHeld = now.motion.stretch === heldPhase(now.here.rung);
  const stretch = work.phases[now.motion.stretch];
  if (now.paused) {
    return html`<div class="cue">
      <p class="say">${gettext("Paused")}</p>
      <p class="detail">${gettext("A test is done in one go. It begins again when you go on.")}</p>
    </div>`;
  }
  if (kind === "hold" && !isHeld) {
    return html`<div class="cue">
      <p class="say" lang=${language}>${stretch?.cue ?? stretch?.name ?? ""}</p>
      <p class="detail">${gettext("The clock starts when you are there.")}</p>
    </div>`;
  }
  const say = kind === "hold" ? gettext("Hold as long as it goes well") : gettext("Count each one");
  return html`<div class="cue">
    <p class="say">${say}</p>
    <p class="detail" lang=${language}>${kind === "hold" ? cues.breathe : cues.move}</p>
  </div>`;
}

/** What came of a test: no verdict, and a way to do it again. */
function resultCue({ now: { test } }: Model): TemplateResult {
  if (!test) return html``;
  return html`<div class="cue">
    <p class="say">${scoreSaid(test.kind, test.score)}</p>
    <p class="detail">${resultNext(test)}</p>
    ${bestSaid(test)}
  </div>`;
}

function bestSaid(test: Test): TemplateResult | typeof nothing {
  const { kind, score, best } = test;
  if (best === null || best <= score) return nothing;
  const said = interpolate(gettext("Your best here: %(result)s."), {
    result: scoreSaid(kind, best),
  });
  return html`<p class="detail">${said}</p>`;
}

/** The stretches of the movement side by side, as long as they last; the one at hand fills. */
function tempo(now: Snapshot): TemplateResult {
  const { phases } = now.here.rung.work;
  return html`<ol class="tempo" aria-hidden="true">
    ${phases.map((_, index) => {
      const at = now.motion.stretch;
      const state = index < at ? "past" : index === at ? "current" : "ahead";
      return html`<li class=${state} data-stretch=${index}></li>`;
    })}
  </ol>`;
}

function notice({ now, verbs }: Model): TemplateResult | typeof nothing {
  switch (now.notice) {
    case null:
      return nothing;
    case "away":
      return html`<p class="notice" role="status">
        ${gettext("You were away for a while, so we stopped where you left.")}
      </p>`;
    case "other-device":
      return html`<p class="notice" role="status">
        ${gettext("This session went on on another device. Go on here to bring it back.")}
      </p>`;
    case "other-tab":
      return html`<p class="notice" role="status">
        ${gettext("Playing in another tab.")}
        <button type="button" class="plain" @click=${() => verbs.takeOver()}>
          ${gettext("Take over here")}
        </button>
      </p>`;
  }
}
