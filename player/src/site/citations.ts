// SPDX-License-Identifier: Apache-2.0
// A number in an article shows the claim and its studies beside it. Without this it is a link to
// the list at the end, which is also where everything shown here comes from.

import { gettext } from "../i18n";

const LINGER_MS = 250;
const GAP_PX = 8;

export function enhanceCitations(page: Document): void {
  const rests = page.querySelector<HTMLElement>("[data-cites]");
  const text = page.querySelector<HTMLElement>("[data-article]");
  if (rests && text) new Citations(page, text, rests);
  if (rests) unfoldOnPaper(rests);
}

/** Where style alone cannot unfold what is folded, it is opened for the print and closed again. */
function unfoldOnPaper(rests: HTMLElement): void {
  const opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    for (const folded of rests.querySelectorAll<HTMLDetailsElement>("details:not([open])")) {
      folded.open = true;
      opened.push(folded);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const folded of opened.splice(0)) folded.open = false;
  });
}

class Citations {
  readonly #page: Document;
  readonly #rests: HTMLElement;
  #mark: HTMLAnchorElement | null = null;
  #card: HTMLElement | null = null;
  /** It was asked for by a press, and stays until it is closed. */
  #kept = false;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Document, text: HTMLElement, rests: HTMLElement) {
    this.#page = page;
    this.#rests = rests;
    for (const mark of text.querySelectorAll<HTMLAnchorElement>("a[data-cite]")) this.#watch(mark);
    page.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#card) this.#close(this.#card.contains(page.activeElement));
    });
    page.addEventListener("pointerdown", (event) => {
      if (!this.#holds(event.target)) this.#close(false);
    });
    window.addEventListener("resize", () => {
      this.#place();
    });
  }

  #watch(mark: HTMLAnchorElement): void {
    mark.setAttribute("aria-expanded", "false");
    mark.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") this.#glance(mark);
    });
    mark.addEventListener("pointerleave", () => {
      this.#leave();
    });
    mark.addEventListener("blur", (event) => {
      if (event.relatedTarget && !this.#holds(event.relatedTarget)) this.#close(false);
    });
    // A link knows Enter alone; what unfolds is pressed by Space as well.
    mark.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.#press(mark);
    });
    mark.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#press(mark);
    });
  }

  /** Pointing at a number shows its card; it goes when nobody is there any more. */
  #glance(mark: HTMLAnchorElement): void {
    clearTimeout(this.#leaving);
    if (this.#mark === mark || this.#kept) return;
    this.#open(mark);
  }

  /** Pressing a number keeps its card and goes into it; pressing it again closes it. */
  #press(mark: HTMLAnchorElement): void {
    if (this.#mark === mark && this.#kept) {
      this.#close(true);
      return;
    }
    if (this.#mark !== mark) this.#open(mark);
    this.#kept = true;
    this.#card?.focus();
  }

  #open(mark: HTMLAnchorElement): void {
    this.#close(false);
    const card = this.#cardOf(mark);
    if (!card) return;
    this.#mark = mark;
    this.#card = card;
    mark.setAttribute("aria-expanded", "true");
    // Right behind the number, so that Tab and Shift+Tab lead out of it as one reads.
    mark.closest("sup")?.after(card);
    this.#place();
  }

  #close(back: boolean): void {
    clearTimeout(this.#leaving);
    const mark = this.#mark;
    this.#card?.remove();
    this.#card = this.#mark = null;
    this.#kept = false;
    mark?.setAttribute("aria-expanded", "false");
    if (back) mark?.focus();
  }

  #leave(): void {
    clearTimeout(this.#leaving);
    if (this.#kept) return;
    this.#leaving = setTimeout(() => {
      if (!this.#kept) this.#close(false);
    }, LINGER_MS);
  }

  #holds(target: EventTarget | null): boolean {
    if (!(target instanceof Node)) return false;
    return [this.#card, this.#mark].some((each) => each?.contains(target) ?? false);
  }

  #cardOf(mark: HTMLAnchorElement): HTMLElement | null {
    const number = mark.dataset["cite"] ?? "";
    const claim = this.#rests.querySelector<HTMLElement>(`[data-claim="${CSS.escape(number)}"]`);
    const said = claim?.querySelector(`#claim-${CSS.escape(number)}`)?.textContent;
    if (!claim || !said) return null;
    const card = this.#make("div", "cite-card");
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", gettext("Evidence"));
    card.tabIndex = -1;
    // First, so that it stays in sight and in reach however long the rest is.
    card.append(this.#closer(), this.#make("p", "cite-card__claim", said));
    for (const link of claim.querySelectorAll<HTMLElement>("[data-study]")) {
      const study = this.#page.getElementById(link.dataset["study"] ?? "");
      if (study) card.append(this.#studyOf(study));
    }
    card.addEventListener("pointerenter", () => {
      clearTimeout(this.#leaving);
    });
    card.addEventListener("pointerleave", () => {
      this.#leave();
    });
    card.addEventListener("focusin", () => {
      clearTimeout(this.#leaving);
      this.#kept = true;
    });
    card.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.#holds(event.relatedTarget)) this.#close(false);
    });
    return card;
  }

  #studyOf(study: HTMLElement): HTMLElement {
    const part = this.#make("div", "cite-card__study");
    if (study.lang) part.lang = study.lang;
    const title = study.querySelector<HTMLAnchorElement>('[data-part="title"]');
    if (title) part.append(title.cloneNode(true));
    const facts = this.#make("dl", "");
    for (const name of ["effect", "limits", "people", "sure"]) {
      const fact = study.querySelector(`[data-part="${name}"]`);
      if (fact) facts.append(fact.cloneNode(true));
    }
    part.append(facts);
    return part;
  }

  #closer(): HTMLElement {
    const button = this.#make("button", "cite-card__close", gettext("Close"));
    button.setAttribute("type", "button");
    button.addEventListener("click", () => {
      this.#close(true);
    });
    return button;
  }

  #make(tag: string, name: string, text = ""): HTMLElement {
    const made = this.#page.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  /**
   * Below the number where there is room, else above it, and never beyond the window.
   * Where it is narrow, style makes it a sheet at the lower edge, which has its place already.
   */
  #place(): void {
    const mark = this.#mark;
    const card = this.#card;
    if (!mark || !card) return;
    card.style.left = card.style.top = "";
    if (getComputedStyle(card).position === "fixed") return;
    card.style.left = card.style.top = "0";
    const at = mark.getBoundingClientRect();
    const from = card.getBoundingClientRect();
    const furthest = this.#page.documentElement.clientWidth - from.width - GAP_PX;
    const left = Math.max(GAP_PX, Math.min(at.left - GAP_PX, furthest));
    const above = at.top - GAP_PX - from.height;
    const below = at.bottom + GAP_PX;
    const fits = below + from.height <= window.innerHeight;
    card.style.left = `${left - from.left}px`;
    card.style.top = `${(fits || above < 0 ? below : above) - from.top}px`;
  }
}
