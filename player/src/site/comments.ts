// SPDX-License-Identifier: Apache-2.0
// Comments work without any of this. With it, what is typed outlives a closed page or a signed-out
// moment, and after sending one stands at one's comment and hears what became of it.

import { gettext } from "../i18n";

const PREFIX = "hipfirst-draft:";
const SENT = "hipfirst-draft-sent";
const SAID = '[role="status"] :is(.message--success, .message--info)';

export function enhanceComments(page: Document, tab: Storage | null = storage()): void {
  const drafts = page.querySelectorAll<HTMLTextAreaElement>("textarea[data-draft]");
  if (tab) {
    settle(tab, page);
    for (const text of drafts) keep(text, tab);
  }
  arrive(page, page.location.hash);
}

/** Of this tab alone, and gone with it; null where the browser keeps nothing. */
function storage(): Storage | null {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null;
  }
}

/** What arrived needs no draft any more; on any other page than one that says so, it is kept. */
function settle(tab: Storage, page: Document): void {
  const sent = tab.getItem(SENT);
  if (sent === null) return;
  tab.removeItem(SENT);
  if (hasArrived(page)) tab.removeItem(sent);
}

/** The advice that follows a comment, or a discussion with word of what became of it. */
function hasArrived(page: Document): boolean {
  if (page.querySelector("[data-sent]")) return true;
  return page.querySelector("[data-comments]") !== null && page.querySelector(SAID) !== null;
}

function nameOf(text: HTMLTextAreaElement): string {
  return PREFIX + (text.dataset["draft"] ?? "");
}

function keep(text: HTMLTextAreaElement, tab: Storage): void {
  const name = nameOf(text);
  const before = text.defaultValue;
  const draft = tab.getItem(name);
  if (draft !== null && draft !== text.value && isUntouched(text)) {
    text.value = draft;
    tell(text);
  }
  text.addEventListener("input", () => {
    try {
      if (text.value.trim() && text.value !== before) tab.setItem(name, text.value);
      else tab.removeItem(name);
    } catch {
      // A full storage keeps no draft; the form still has it.
    }
  });
  text.form?.addEventListener("submit", () => {
    tab.setItem(SENT, name);
  });
}

/** What the site sent back with a complaint is newer than any draft. */
function isUntouched(text: HTMLTextAreaElement): boolean {
  return text.getAttribute("aria-invalid") !== "true" && !text.form?.querySelector('[role="alert"]');
}

function tell(text: HTMLTextAreaElement): void {
  const note = text.ownerDocument.createElement("p");
  note.className = "write__draft";
  note.setAttribute("role", "status");
  text.after(note);
  note.textContent = gettext("What you typed before is still here.");
}

/** To the comment that the address names: the focus, and beside it what the site has to say. */
function arrive(page: Document, hash: string): void {
  if (!/^#comment-\d+$/.test(hash)) return;
  const comment = page.getElementById(hash.slice(1));
  if (!comment) return;
  const said = page.querySelector<HTMLElement>('[role="status"] > .messages')?.parentElement;
  if (said) comment.before(said);
  comment.focus({ preventScroll: true });
  (said ?? comment).scrollIntoView({ block: "start" });
}
