// SPDX-License-Identifier: Apache-2.0
// The player as an element: draws what the conductor shows, and asks it for what is pressed.

import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import type { Snapshot } from "../snapshot";
import type { Clip } from "../figure";
import type { Stage } from "../stage";
import type { Caption } from "../captions";
import { captionLine } from "./settings";
import { mainControls, sideControls, viewControls } from "./controls";
import { dialog } from "./dialogs";
import { end } from "./end";
import { progressBar, topBar } from "./frame";
import { intro } from "./intro";
import type { Dialog, Model } from "./model";
import { panel } from "./panel";
import { styles } from "./styles";

export class PlayerElement extends LitElement {
  static override styles = styles;
  static override properties = {
    model: { attribute: false },
    opened: { attribute: false },
    caption: { attribute: false },
  };

  declare model: Model | undefined;
  /** The dialog that is open. */
  declare opened: Dialog | null;
  /** What is being said. */
  declare caption: Caption | null | undefined;

  /** Resolves with the places that the stage needs, once they are there. */
  async places(): Promise<{ host: HTMLElement; picture: HTMLImageElement }> {
    await this.updateComplete;
    const host = this.renderRoot.querySelector<HTMLElement>(".figure");
    const picture = this.renderRoot.querySelector<HTMLImageElement>(".still");
    if (!host || !picture) throw new Error("The player was not drawn");
    return { host, picture };
  }

  /** Sets what changes with every frame, without drawing anything anew. */
  move(now: Snapshot, stage: Stage<Clip> | null): void {
    if (!this.hasUpdated) return;
    stage?.pose(now.motion);
    this.#set(".dial", "--fraction", now.fraction);
    this.#set(".tempo .current", "--stretch", now.motion.fraction);
  }

  /** Writes into the live region. */
  announce(text: string): void {
    const region = this.hasUpdated ? this.renderRoot.querySelector(".live") : null;
    if (region) region.textContent = text;
  }

  /** Puts the focus where the next thing to do is, if it was on something that went away. */
  focusOn(selector: string): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
    });
  }

  override render(): TemplateResult {
    const { model } = this;
    if (!model) return html``;
    const { kind } = model.now;
    const screen = kind === "end" ? "done" : kind === "intro" ? "intro-screen" : "playing";
    return html`<div class="shell ${screen}" @click=${letGo}>
        ${topBar(model)} ${progressBar(model)}
        <div class="stage ${model.look.moves ? "moving" : ""}" ?hidden=${kind === "end"}>
          <img class="still" alt="" />
          <div class="figure"></div>
          ${captionLine(model, this.caption)} ${viewControls(model)}
        </div>
        ${kind === "end" ? captionLine(model, this.caption) : ""}
        ${kind === "end" ? end(model) : kind === "intro" ? intro(model) : playing(model)}
      </div>
      ${dialog(model, this.opened)}
      <p class="live unseen" role="status" aria-live="polite"></p>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#shareOut();
    if (changed.has("opened")) this.#showDialog();
  }

  /** Widths that come from the plan: strict content security leaves them to script. */
  #shareOut(): void {
    const { now } = this.model ?? {};
    if (!now) return;
    this.renderRoot.querySelectorAll<HTMLElement>(".piece").forEach((piece, index) => {
      const { seconds = 1, done = 0 } = now.progress[index] ?? {};
      piece.style.setProperty("--share", String(seconds));
      piece.style.setProperty("--done", done.toFixed(3));
    });
    const { phases } = now.here.rung.work;
    this.renderRoot.querySelectorAll<HTMLElement>(".tempo li").forEach((piece, index) => {
      piece.style.setProperty("--share", String(phases[index]?.seconds ?? 1));
    });
  }

  #showDialog(): void {
    const element = this.renderRoot.querySelector("dialog");
    if (this.opened && !element?.open) {
      element?.showModal();
      // In the list of exercises the way to go is seldom far from where one is.
      element?.querySelector<HTMLElement>('[aria-current="step"]')?.focus();
    }
    if (!this.opened && element?.open) element.close();
  }

  #set(selector: string, property: string, value: number): void {
    const element = this.renderRoot.querySelector<HTMLElement>(selector);
    element?.style.setProperty(property, value.toFixed(4));
  }
}

function playing(model: Model): TemplateResult {
  return html`${panel(model)} ${sideControls(model)} ${mainControls(model)}`;
}

/** After a click the space bar shall pause, not press the same button again. */
function letGo(event: MouseEvent): void {
  const isPointer = event.detail > 0;
  const button = event.composedPath().find((each) => each instanceof HTMLButtonElement);
  if (isPointer) button?.blur();
}
