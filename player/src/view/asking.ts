// SPDX-License-Identifier: Apache-2.0
// The dialog for a movement that does not suit: one tap for the reason, and the answer at once.

import { html, nothing, type TemplateResult } from "lit";
import type { Ask, Change, Felt } from "../asking";
import { gettext, interpolate, woven } from "../i18n";
import { isTest } from "../plan";
import type { Reason, Rung } from "../wire";
import { needsKit } from "../suits";
import { answers, type Answer } from "./answers";
import { advice, clear, flags } from "./flags";
import { icon, type Icon } from "./icons";
import { instead, named } from "./instead";
import type { Model } from "./model";
import { scale } from "./scale";

type Drawn = [title: string | TemplateResult, content: TemplateResult];
type At<S extends Ask["step"]> = Extract<Ask, { step: S }>;

export function asking(model: Model): Drawn {
  const { ask } = model.look;
  switch (ask?.step) {
    case undefined:
      return ["", html``];
    case "reasons":
      return [
        aboutTest(model) ? gettext("Skip this test") : gettext("Skip or swap"),
        reasons(model),
      ];
    case "where":
      return [gettext("Where does it hurt?"), where(model)];
    case "pain":
      return [painTitle(ask), pain(model, ask)];
    case "offer":
      return [offerTitle(ask), offered(model, ask)];
    case "felt":
      return [feltTitle(ask.felt), felt(model, ask.felt)];
    case "flags":
      return [gettext("Is any of this true?"), flags(model, ask.felt)];
    case "advice":
      return [gettext("This is for somebody who can examine you"), advice(model, ask.flag)];
    case "clear":
      return [gettext("Then we leave that movement"), clear(model, ask.felt)];
  }
}

const REASONS: { reason: Reason; icon: Icon; label: () => string }[] = [
  { reason: "hurts", icon: "hurts", label: () => gettext("It hurts") },
  { reason: "too-hard", icon: "easier", label: () => gettext("Too hard") },
  { reason: "too-easy", icon: "harder", label: () => gettext("Too easy") },
  { reason: "no-space", icon: "space", label: () => gettext("No space") },
  { reason: "no-kit", icon: "kit", label: () => gettext("No kit") },
  { reason: "not-today", icon: "later", label: () => gettext("Not today") },
];

/** Why a test is left: nothing stands in for it. */
const TEST_REASONS: ReadonlySet<Reason> = new Set<Reason>(["hurts", "too-hard", "not-today"]);

function aboutTest({ now }: Model): boolean {
  return now.subject !== null && isTest(now.subject.rung);
}

function reasons(model: Model): TemplateResult {
  const { now, verbs } = model;
  const { subject, here } = now;
  const isNext = subject !== null && subject.place.slot !== here.place.slot;
  const isWanting = subject !== null && needsKit(subject.rung);
  const known = REASONS.filter(({ reason }) => !aboutTest(model) || TEST_REASONS.has(reason));
  const fit = known.filter(({ reason }) => reason !== "no-kit" || isWanting);
  const all = subject ? fit : REASONS.slice(0, 1);
  return html`<p class="about">${subject ? about(model, subject.rung, isNext) : nothing}</p>
    <div class="reasons">
      ${all.map(
        ({ reason, icon: picture, label }) =>
          html`<button
            type="button"
            class="choice reason"
            @click=${() => {
              verbs.asking.reason(reason);
            }}
          >
            ${icon(picture)}<span
              >${label()}${
                reason === "hurts" && isNext
                  ? html`<span class="small" lang=${language(model)}>${here.rung.name}</span>`
                  : nothing
              }</span
            >
          </button>`,
      )}
    </div>
    ${backToPlanned(model)}`;
}

function about(
  model: Model,
  rung: Rung,
  isNext: boolean,
): (TemplateResult | string)[] | TemplateResult {
  const name = named(rung, model);
  return isNext ? woven(gettext("Next comes: %(exercise)s"), { exercise: name }) : name;
}

/** Where another movement stands in, the one that was planned is a tap away. */
function backToPlanned(model: Model): TemplateResult | typeof nothing {
  const { planned } = model.now;
  if (!planned) return nothing;
  return answers([
    {
      label: woven(gettext("Back to %(exercise)s"), { exercise: named(planned, model) }),
      act: () => {
        model.verbs.asking.planned();
      },
    },
  ]);
}

function where({ verbs }: Model): TemplateResult {
  const choice = (label: string, place: "left" | "right" | "elsewhere"): TemplateResult =>
    html`<button
      type="button"
      class="choice ${place}"
      @click=${() => {
        verbs.asking.where(place);
      }}
    >
      ${label}
    </button>`;
  return html`<div class="places">
    ${choice(gettext("Left knee"), "left")} ${choice(gettext("Right knee"), "right")}
    ${choice(gettext("Somewhere else"), "elsewhere")}
  </div>`;
}

function painTitle({ where: knee }: At<"pain">): string {
  return knee === "left"
    ? gettext("How much does the left knee hurt?")
    : gettext("How much does the right knee hurt?");
}

function pain({ verbs }: Model, { where: knee }: At<"pain">): TemplateResult {
  return scale({
    low: gettext("0: no pain"),
    high: gettext("10: the worst you can imagine"),
    act: (number) => {
      verbs.asking.hurt(knee, number);
    },
  });
}

function offerTitle({ to }: At<"offer">): string {
  return to ? gettext("This stands ready") : gettext("Go on, or stay");
}

function offered(model: Model, { reason, from, to }: At<"offer">): TemplateResult {
  const { asking: verbs } = model.verbs;
  const stay: Answer = {
    label: woven(gettext("Stay with %(exercise)s"), { exercise: named(from, model) }),
    act: () => {
      verbs.stay();
    },
  };
  if (!to) {
    return html`<p>
        ${gettext("Nothing that fits stands in for it here. Going on is just as good.")}
      </p>
      ${answers([goOnToNext(model, true), stay])}`;
  }
  return html`${instead(model, reason, from, to)}
  ${answers([doThis(() => verbs.take()), goOnToNext(model), stay])}`;
}

function doThis(act: () => void): Answer {
  return { label: gettext("Do this instead"), primary: true, act };
}

function swapTo(model: Model, to: Rung): Answer {
  return {
    label: woven(gettext("Swap to %(exercise)s"), { exercise: named(to, model) }),
    act: () => {
      model.verbs.asking.take();
    },
  };
}

function goOnToNext({ verbs }: Model, primary = false): Answer {
  return {
    label: gettext("Go on to the next one"),
    primary,
    act: () => {
      verbs.asking.pass();
    },
  };
}

function feltTitle({ rule, to, goesOn, isTest: inTest }: Felt): string {
  if (rule === "rest") return gettext("That movement rests now");
  if (inTest) return gettext("Thank you for telling");
  if (rule === "ease" && to) return gettext("We go easier");
  return goesOn ? gettext("How shall we go on?") : gettext("Thank you for telling");
}

function felt(model: Model, told: Felt): TemplateResult {
  return html`<p>${ruleSaid(model, told)} ${ruleLink(model, told)}</p>
    ${told.to ? instead(model, "hurts", told.from, told.to) : nothing}
    ${told.ready ? instead(model, "hurts", told.from, told.ready) : nothing}
    ${later(model, told.later)} ${answers(waysOn(model, told))}`;
}

/** What the knee rules make of the number, in the words of the number. */
function ruleSaid(model: Model, told: Felt): TemplateResult | (TemplateResult | string)[] | string {
  const { stop_from: stop, step_down_from: ease } = model.payload.timeline.hurts;
  const exercise = named(told.from, model);
  if (told.rule === "rest") {
    const text = gettext(
      "At %(stop)s or more out of 10 a movement and all that is harder rest for today and tomorrow: %(exercise)s.",
    );
    return woven(text, { stop: String(stop), exercise });
  }
  if (told.isTest) {
    const left = gettext("No test is worth pain. The next session takes it into account.");
    return told.goesOn ? `${left} ${gettext("The other side comes next, if you like.")}` : left;
  }
  if (told.rule === "choose") {
    const text = gettext(
      "Below %(ease)s out of 10 is fine where it settles within the hour. You choose.",
    );
    return interpolate(text, { ease });
  }
  const less = lessSaid(ease, stop - 1);
  if (told.to) return less;
  if (!told.goesOn) return gettext("The next session takes it into account.");
  const gently = gettext(
    "There is no easier form of this one: move less far and more slowly, or leave it for today.",
  );
  return `${less} ${gently}`;
}

/** Every number at which less is done, where there are no more than two. */
function lessSaid(least: number, most: number): string {
  const said =
    most === least
      ? gettext("At %(least)s we do less.")
      : most === least + 1
        ? gettext("At %(least)s or %(most)s we do less.")
        : gettext("From %(least)s to %(most)s we do less.");
  return interpolate(said, { least, most });
}

/** The row of the table of rules. Another tab, so that the run stays where it is. */
function ruleLink({ payload }: Model, { rule }: Felt): TemplateResult {
  const row = { rest: "#rule-felt-stop", ease: "#rule-felt-ease", choose: "" }[rule];
  return html`<a href="${payload.rules_url}${row}" target="_blank" rel="noopener"
    >${gettext("The knee rules")}</a
  >`;
}

function later(model: Model, changes: readonly Change[]): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  return html`<div class="later">
    <h3>${gettext("Also different from here on")}</h3>
    <ul>
      ${changes.map(({ from, to }) => {
        const values = { from: named(from, model), to: to ? named(to, model) : nothing };
        return html`<li>
          ${to ? woven(gettext("%(from)s becomes %(to)s"), values) : woven(gettext("%(from)s is left for another time"), values)}
        </li>`;
      })}
    </ul>
  </div>`;
}

function waysOn(model: Model, { rule, to, isTest: inTest, goesOn, ready }: Felt): Answer[] {
  const { asking: verbs } = model.verbs;
  const stay = (label: string, primary: boolean): Answer => ({
    label,
    primary,
    act: () => {
      verbs.stay();
    },
  });
  if (to) return [doThis(() => verbs.stay()), goOnToNext(model)];
  if (!goesOn) return [stay(gettext("Go on"), true)];
  if (inTest) return [stay(gettext("Go on"), true), goOnToNext(model)];
  const easier = { label: gettext("Easier"), act: () => verbs.ease() };
  return [
    stay(rule === "choose" ? gettext("Go on as it is") : gettext("Go on gently"), true),
    ...(model.now.canEase ? [easier] : []),
    ...(ready ? [swapTo(model, ready)] : []),
    goOnToNext(model),
  ];
}

function language({ payload }: Model): string {
  return payload.timeline.language;
}
