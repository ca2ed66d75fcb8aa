// SPDX-License-Identifier: Apache-2.0
// Keys of the player. They keep out of fields and dialogs, and away from the browser's own keys.

import { gettext } from "./i18n";

export type Command =
  | "toggle"
  | "enter"
  | "back"
  | "next"
  | "harder"
  | "easier"
  | "again"
  | "skip"
  | "rest"
  | "outline"
  | "how"
  | "sound"
  | "settings"
  | "xray"
  | "slower"
  | "help";

/** Commands that open the dialog of their name. */
const DIALOGS = ["outline", "how", "help", "settings"] as const;

export function isDialog(command: Command): command is (typeof DIALOGS)[number] {
  return (DIALOGS as readonly Command[]).includes(command);
}

const COMMANDS: Record<string, Command> = {
  " ": "toggle",
  Enter: "enter",
  ArrowLeft: "back",
  ArrowRight: "next",
  ArrowUp: "harder",
  ArrowDown: "easier",
  a: "again",
  s: "skip",
  r: "rest",
  o: "outline",
  i: "how",
  m: "sound",
  v: "settings",
  x: "xray",
  d: "slower",
  "?": "help",
};

/** The keys for the help page: what to press, what it does. */
export function keys(): [key: string, what: string][] {
  return [
    [gettext("Space"), gettext("Pause and go on")],
    ["←", gettext("Previous exercise")],
    ["→", gettext("Next exercise")],
    ["↑", gettext("Harder")],
    ["↓", gettext("Easier")],
    ["A", gettext("This set again")],
    ["S", gettext("Skip or swap this exercise")],
    ["R", gettext("More rest")],
    ["O", gettext("All exercises")],
    ["I", gettext("How to do it")],
    ["D", gettext("Slower, or as planned")],
    ["X", gettext("See the deep muscles")],
    ["M", gettext("Sound on or off")],
    ["V", gettext("Sound and voice")],
    [gettext("Space or Enter"), gettext("In a test: stop, or count one")],
    ["↓", gettext("In a test: take one back")],
    ["?", gettext("This page")],
  ];
}

/** The command a key stands for, or null where it belongs to something else. */
export function commandOf(event: KeyboardEvent): Command | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isHeld = event.repeat && !key.startsWith("Arrow");
  return isHeld || isTaken(event, key) ? null : (COMMANDS[key] ?? null);
}

/** Whether the key means something to the element that has the focus. */
function isTaken(event: KeyboardEvent, key: string): boolean {
  const path = event.composedPath().filter((each) => each instanceof HTMLElement);
  const presses = key === " " || key === "Enter";
  return path.some(takesKeys) || (presses && path[0]?.matches(PRESSED) === true);
}

/** The space bar and Enter press what has the focus, as everywhere. */
const PRESSED = "button, a[href], summary";

function takesKeys(element: HTMLElement): boolean {
  return element.isContentEditable || element.matches("input, textarea, select, dialog");
}

/** Calls `run` for each command typed; returns the unbinding. */
export function bindKeys(page: Document, run: (command: Command) => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    run(command);
  };
  page.addEventListener("keydown", onKey);
  return () => {
    page.removeEventListener("keydown", onKey);
  };
}
