// SPDX-License-Identifier: Apache-2.0
// What is seen of kept sessions: the button on a session's page, and their list.

import { askPackage, keep, Refusal, remove, tidy } from "./kept-download";
import { noteStopped } from "./kept-felt";
import { OFFLINE_URL } from "./kept-names";
import { openKept, type KeptSession, type KeptStore } from "./kept-store";

type Stand = "none" | "keeping" | "kept" | "failed";

/** Brings `[data-keep]` to life: its parts name the stands they belong to in `data-keep-at`. */
export async function showKeep(widget: HTMLElement): Promise<void> {
  const store = await openKept();
  const { keep: url = "", session = "" } = widget.dataset;
  const view = new KeepView(widget);
  const start = async (): Promise<void> => {
    view.keeping();
    try {
      askToPersist();
      const given = await askPackage(url, location.pathname);
      noteStopped(false);
      view.kept(await keep(store, given, (done, of) => view.progress(done, of)), true);
    } catch (error) {
      console.warn("The session could not be kept.", error);
      view.failed(error, await store.session(session).catch(() => undefined));
    }
  };
  view.on("keep", () => void start());
  view.on("remove", () => void remove(store, session).then(() => view.none()));
  const known = await store.session(session);
  if (known) view.kept(known);
  else view.none();
  widget.hidden = false;
  await tidy(store);
}

/** Asks the browser not to clear the session when space is short; it may ask the person in turn. */
function askToPersist(): void {
  navigator.storage.persist().catch((error: unknown) => {
    console.warn("This browser may clear what it keeps.", error);
  });
}

class KeepView {
  readonly #widget: HTMLElement;

  constructor(widget: HTMLElement) {
    this.#widget = widget;
  }

  on(action: string, act: () => void): void {
    for (const button of this.#all(`[data-keep-act="${action}"]`)) {
      button.addEventListener("click", act);
    }
  }

  none(): void {
    this.#stand("none", true);
  }

  keeping(): void {
    this.#part("progress").removeAttribute("value");
    this.#stand("keeping", true);
  }

  progress(done: number, of: number): void {
    const bar = this.#part("progress") as HTMLProgressElement;
    bar.max = of;
    bar.value = done;
  }

  kept(session: KeptSession, isNew = false): void {
    this.#part("size").textContent = sizeText(session.bytes);
    this.#part("date").textContent = dateText(session.at);
    this.#stand("kept", isNew);
  }

  failed(error: unknown, before: KeptSession | undefined): void {
    if (before) this.kept(before);
    this.#stand("failed", true);
    const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
    const said = error instanceof Refusal ? error.message : "";
    this.#part("why-network").hidden = isFull || said !== "";
    this.#part("why-space").hidden = !isFull;
    this.#part("why-site").textContent = said;
    this.#part("still-kept").hidden = before === undefined;
  }

  #stand(now: Stand, moveFocus: boolean): void {
    const held = this.#widget.contains(document.activeElement);
    for (const part of this.#all("[data-keep-at]")) {
      part.hidden = !part.dataset["keepAt"]?.split(" ").includes(now);
    }
    // The pressed button may be gone with its stand.
    if (moveFocus && held) this.#all(`[data-keep-at~="${now}"]`)[0]?.focus();
  }

  #part(name: string): HTMLElement {
    const [found] = this.#all(`[data-keep-part="${name}"]`);
    if (!found) throw new Error(`The page has no [data-keep-part="${name}"]`);
    return found;
  }

  #all(selector: string): HTMLElement[] {
    return [...this.#widget.querySelectorAll<HTMLElement>(selector)];
  }
}

/** Fills the list of what is kept, from the page's own template. */
export async function showList(page: Document, list: HTMLElement): Promise<void> {
  const store = await openKept();
  announceOffline(page);
  const template = page.querySelector<HTMLTemplateElement>("template[data-kept-item]");
  const draw = async (): Promise<void> => {
    const kept = await store.sessions();
    list.replaceChildren(
      ...kept.flatMap((each) => (template ? [item(template, each, store, draw)] : [])),
    );
    page.querySelector("[data-kept-none]")?.toggleAttribute("hidden", kept.length > 0);
    page.querySelector("[data-kept-some]")?.toggleAttribute("hidden", kept.length === 0);
  };
  await draw();
}

/** The page stands in for one that could not be reached, unless it was asked for itself. */
function announceOffline(page: Document): void {
  const away = page.location.pathname !== OFFLINE_URL || !navigator.onLine;
  const show = (selector: string, on: boolean): void => {
    for (const part of page.querySelectorAll<HTMLElement>(selector)) part.hidden = !on;
  };
  show("[data-offline-only]", away);
  show("[data-online-only]", !away);
  const again = page.querySelector<HTMLAnchorElement>("[data-try-again]");
  if (again) again.href = page.location.href;
}

function item(
  template: HTMLTemplateElement,
  kept: KeptSession,
  store: KeptStore,
  draw: () => Promise<void>,
): Node {
  const made = template.content.cloneNode(true) as DocumentFragment;
  const link = made.querySelector("a");
  if (link) {
    link.href = kept.package.shell_url;
    link.textContent = kept.title;
    link.lang = kept.package.payload.timeline.language;
  }
  const facts = made.querySelector("[data-kept-facts]");
  if (facts) facts.textContent = `${dateText(kept.at)} · ${sizeText(kept.bytes)}`;
  const button = made.querySelector<HTMLButtonElement>("button");
  button?.setAttribute("aria-label", `${button.textContent.trim()}: ${kept.title}`);
  button?.addEventListener("click", () => void remove(store, kept.session).then(draw));
  return made;
}

function sizeText(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: 1,
  }).format(megabytes);
}

function dateText(at: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium" }).format(new Date(at));
}

function language(): string {
  return document.documentElement.lang || "en";
}
