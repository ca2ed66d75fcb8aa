// SPDX-License-Identifier: Apache-2.0
// The buttons under the thumb, and those that change what is done.

import { html, nothing, type TemplateResult } from "lit";
import { gettext, interpolate } from "../i18n";
import type { SlotProgress, Snapshot, Test } from "../snapshot";
import { testVerb } from "../testing";
import { icon, type Icon } from "./icons";
import type { Model } from "./model";

interface Button {
  icon: Icon;
  label: string;
  /** What a screen reader says, where the label alone would be too short. */
  says?: string;
  act: () => void;
  disabled?: boolean;
  pressed?: boolean;
}

/** A button with its word under the picture. It stays in the tab order where it can do nothing. */
export function worded(button: Button): TemplateResult {
  return html`<button
    type="button"
    class="worded"
    aria-label=${button.says ?? button.label}
    aria-disabled=${button.disabled ? "true" : "false"}
    @click=${button.disabled ? null : button.act}
  >
    ${icon(button.icon)}<span>${button.label}</span>
  </button>`;
}

/** A button that is a picture only, and may be pressed in. */
export function pictured(button: Button): TemplateResult {
  const { pressed } = button;
  return html`<button
    type="button"
    class="pictured"
    aria-label=${button.label}
    title=${button.label}
    aria-pressed=${pressed === undefined ? nothing : pressed ? "true" : "false"}
    @click=${button.act}
  >
    ${icon(button.icon)}
  </button>`;
}

/** Back, pause, next; in a test the middle one is as large as a thumb that does not look. */
export function mainControls({ now, verbs }: Model): TemplateResult {
  const { slot } = now.here.place;
  // As back and next go: past what rests.
  const before = now.progress.slice(0, slot).findLast(({ rests }) => !rests);
  const later = now.progress.slice(slot + 1).find(({ rests }) => !rests);
  const named = (text: string, { comes }: SlotProgress): string =>
    interpolate(text, { exercise: comes.name });
  return html`<div
    class="main-controls ${testVerb(now) ? "testing" : ""}"
    role="group"
    aria-label=${gettext("Playing")}
  >
    ${worded({
      icon: "back",
      label: gettext("Back"),
      says: before ? named(gettext("Back to %(exercise)s"), before) : gettext("Back"),
      act: () => verbs.back(),
      disabled: !before,
    })}
    ${toggle(now, () => verbs.toggle())}
    ${worded({
      icon: "next",
      label: later ? gettext("Next") : gettext("Finish"),
      says: later ? named(gettext("Next: %(exercise)s"), later) : gettext("Finish the session"),
      act: () => verbs.next(),
    })}
  </div>`;
}

/** What changes the work: easier, harder, again, rest, skip. */
export function sideControls(model: Model): TemplateResult {
  const buttons = model.now.test ? ofTest(model, model.now.test) : ofWork(model);
  return html`<div class="side-controls" role="group" aria-label=${gettext("Change it")}>
    ${buttons.map(worded)}
  </div>`;
}

/** A test is no easier and no harder; it is left, done again, or put right. */
function ofTest({ now, verbs }: Model, { kind, score }: Test): Button[] {
  const isCounting = kind === "count" && (now.kind === "work" || now.kind === "result");
  const less: Button = {
    icon: "minus",
    label: gettext("One less"),
    act: () => verbs.count(-1),
    disabled: score === 0,
  };
  const more: Button = { icon: "plus", label: gettext("One more"), act: () => verbs.count(1) };
  return [
    ...(isCounting ? [less] : []),
    ...(isCounting && now.kind === "result" ? [more] : []),
    {
      icon: "again",
      label: gettext("Again"),
      says: gettext("This test again: the best counts"),
      act: () => verbs.again(),
    },
    { icon: "hurts", label: gettext("It hurts"), act: () => verbs.hurts() },
    { icon: "skip", label: gettext("Skip"), act: () => verbs.skip() },
  ];
}

function ofWork({ now, verbs }: Model): Button[] {
  return [
    { icon: "easier", label: gettext("Easier"), act: () => verbs.easier(), disabled: !now.canEase },
    {
      icon: "harder",
      label: gettext("Harder"),
      act: () => verbs.harder(),
      disabled: !now.canHarden,
    },
    {
      icon: "again",
      label: gettext("Again"),
      says: gettext("This set again"),
      act: () => verbs.again(),
    },
    { icon: "rest", label: gettext("+15 s rest"), act: () => verbs.rest() },
    {
      icon: "skip",
      label: gettext("Skip or swap"),
      act: () => verbs.skip(),
    },
  ];
}

/** The pictures over the figure, with the words that each stands for. */
const VIEW_PICTURES = {
  slower: () => gettext("Half as fast"),
  xray: () => gettext("See the deep muscles"),
  turn: () => gettext("Turn the figure"),
  closer: () => gettext("Closer"),
  further: () => gettext("Further away"),
  front: () => gettext("View as at the start"),
  how: () => gettext("How to do it"),
} satisfies Partial<Record<Icon, () => string>>;

type ViewPicture = keyof typeof VIEW_PICTURES;

/** The same pictures for the help page: they have no words beside them where they are pressed. */
export function viewPictures(): { icon: Icon; label: string }[] {
  return (Object.keys(VIEW_PICTURES) as ViewPicture[]).map((name) => ({
    icon: name,
    label: VIEW_PICTURES[name](),
  }));
}

/** How the figure is looked at. */
export function viewControls(model: Model): TemplateResult {
  const { now, verbs, look } = model;
  const slower = viewButton("slower", () => verbs.slower(), now.pace < 1);
  const how = viewButton("how", () => verbs.open("how"));
  return html`<div class="view-controls" role="group" aria-label=${gettext("View")}>
    ${now.test ? nothing : pictured(slower)}
    ${look.moves ? cameraButtons(model).map(pictured) : nothing}
    <span class="how-button">${pictured(how)}</span>
  </div>`;
}

function cameraButtons({ verbs, look }: Model): Button[] {
  return [
    viewButton("xray", () => verbs.xray(), look.xray),
    viewButton("turn", () => verbs.turn(45)),
    viewButton("closer", () => verbs.zoom(1.25)),
    viewButton("further", () => verbs.zoom(0.8)),
    viewButton("front", () => verbs.front()),
  ];
}

function viewButton(icon: ViewPicture, act: () => void, pressed?: boolean): Button {
  const button = { icon, label: VIEW_PICTURES[icon](), act };
  return pressed === undefined ? button : { ...button, pressed };
}

/** One button for all, so that the focus stays on it. */
function toggle(now: Snapshot, act: () => void): TemplateResult {
  const { face, label } = faceOf(now);
  return html`<button type="button" class="worded primary" id="toggle" @click=${act}>
    ${face}<span>${label}</span>
  </button>`;
}

function faceOf(now: Snapshot): { face: TemplateResult; label: string } {
  switch (testVerb(now)) {
    case "stop":
      return { face: icon("stop"), label: gettext("Stop") };
    case "count":
      return {
        face: html`<span class="tally">${now.test?.score ?? 0}</span>`,
        label: gettext("Tap for each one"),
      };
    case "confirm":
      return { face: icon("next"), label: gettext("Go on") };
    case null:
      return now.paused
        ? { face: icon("play"), label: gettext("Resume") }
        : { face: icon("pause"), label: gettext("Pause") };
  }
}
