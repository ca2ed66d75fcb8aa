// SPDX-License-Identifier: Apache-2.0
// Tells good events from bad ones, each by itself. The twin of `read` in hipfirst.outcomes.run.

import type { RunEvent, RunShape } from "./wire";

export interface Problem {
  /** Place of the event in what was given. */
  index: number;
  /** The event's id as given; empty where it has none or one that is no text. */
  id: string;
  /** Name of the field at fault; empty: the event as a whole. */
  field: string;
  message: string;
}

export interface Reading {
  events: RunEvent[];
  problems: Problem[];
}

interface Rule {
  allowed: string;
  holds: (value: unknown) => boolean;
  /** Stands in for a field left out; without it the field is required. */
  byDefault?: unknown;
}

type Fault = readonly [field: string, message: string];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;
const DATED_WITH_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

function text(allowed: string, pattern: RegExp, longest = 80): Rule {
  return {
    allowed,
    holds: (value) => typeof value === "string" && value.length <= longest && pattern.test(value),
  };
}

function whole(from: number, to: number): Rule {
  return {
    allowed: `a whole number from ${from} to ${to}`,
    holds: (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
  };
}

function oneOf(...values: string[]): Rule {
  return {
    allowed: `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`,
    holds: (value) => typeof value === "string" && values.includes(value),
  };
}

const EARLIEST = Date.UTC(2000, 0);
const BEFORE = Date.UTC(2200, 0);
const DATE: Rule = {
  allowed: "a date and time with its zone, from 2000 to 2199",
  holds: (value) =>
    typeof value === "string" &&
    DATED_WITH_ZONE.test(value) &&
    Date.parse(value) >= EARLIEST &&
    Date.parse(value) < BEFORE,
};
const SECONDS: Rule = {
  allowed: "a number of seconds from 0 to 7200",
  holds: (value) => typeof value === "number" && value >= 0 && value <= 7200,
};
const YES_OR_NO: Rule = {
  allowed: "true or false",
  holds: (value) => typeof value === "boolean",
};
const NOTE: Rule = {
  allowed: "a text of at most 500 characters",
  // Counted in characters, as on the site, not in halves of pairs.
  holds: (value) => typeof value === "string" && Array.from(value).length <= 500,
  byDefault: "",
};
const SLOT = text("a slug", SLUG);
const INDEX = whole(0, 999);

const ENVELOPE: Record<string, Rule> = {
  format: { allowed: "1", holds: (value) => value === 1, byDefault: 1 },
  id: text("a UUID", UUID),
  device: text("a UUID", UUID),
  seq: whole(1, 2 ** 31 - 1),
  at: DATE,
};
const REASONS = ["hurts", "too-hard", "too-easy", "no-space", "no-kit", "not-today"];
const REASON_OR_NONE: Rule = { ...oneOf("", ...REASONS), byDefault: "" };
const SCORE_OR_NONE: Rule = {
  allowed: "a whole number from 0 to 10, or null",
  holds: (value) => value === null || whole(0, 10).holds(value),
  byDefault: null,
};

const FIELDS: Record<RunEvent["type"], Record<string, Rule>> = {
  started: {},
  paused: {},
  resumed: {},
  finished: {},
  moved: { slot: SLOT, bout: INDEX, via: oneOf("auto", "next", "back", "jump") },
  done: {
    slot: SLOT,
    bout: INDEX,
    rung: INDEX,
    reps: INDEX,
    seconds: SECONDS,
    complete: YES_OR_NO,
  },
  "rung-changed": { slot: SLOT, rung: INDEX },
  skipped: { slot: SLOT, reason: REASON_OR_NONE },
  swapped: { slot: SLOT, rung: INDEX, reason: oneOf(...REASONS) },
  hurt: {
    slot: SLOT,
    rung: INDEX,
    where: oneOf("left", "right", "elsewhere"),
    pain: SCORE_OR_NONE,
  },
  flagged: { flag: SLOT },
  rated: { pain_left: SCORE_OR_NONE, pain_right: SCORE_OR_NONE, effort: SCORE_OR_NONE, note: NOTE },
  "rest-added": { slot: SLOT, bout: INDEX, seconds: whole(1, 600) },
};

/** Decoded JSON -> the events that are well-formed and fit the run, and what ails the others. */
export function read(shape: RunShape, raw: readonly unknown[]): Reading {
  const reading: Reading = { events: [], problems: [] };
  raw.forEach((item, index) => {
    const [event, faults] = readOne(shape, item);
    if (event) reading.events.push(event);
    for (const [field, message] of faults) {
      reading.problems.push({ index, id: idOf(item), field, message });
    }
  });
  return reading;
}

/** What the event points at and the run does not have, or null. */
export function misfit(shape: RunShape, event: RunEvent): Fault | null {
  if (!("slot" in event)) return null;
  const slot = shape.slots.find(({ id }) => id === event.slot);
  if (!slot) {
    return ["slot", `${event.slot} is no slot of: ${shape.slots.map(({ id }) => id).join(", ")}`];
  }
  if ("bout" in event && event.bout >= slot.bouts) {
    return ["bout", `${event.bout} is too high: bouts are 0 to ${slot.bouts - 1}`];
  }
  if ("rung" in event && event.rung >= slot.rungs) {
    return ["rung", `${event.rung} is too high: rungs are 0 to ${slot.rungs - 1}`];
  }
  return null;
}

function readOne(shape: RunShape, item: unknown): readonly [RunEvent | null, readonly Fault[]] {
  if (!isRecord(item)) return [null, [["", "an event is an object"]]];
  const kind = item["type"];
  if (typeof kind !== "string" || !Object.hasOwn(FIELDS, kind)) {
    return [null, [["type", `must be one of ${Object.keys(FIELDS).join(", ")}`]]];
  }
  const rules = { ...ENVELOPE, ...FIELDS[kind as RunEvent["type"]] };
  const faults = [...faultsOf(rules, item)];
  if (faults.length > 0) return [null, faults];
  const event = withDefaults(rules, item);
  const fault = contradiction(event) ?? misfit(shape, event);
  return fault ? [null, [fault]] : [event, []];
}

/** What fields that are each well-formed may not say together, or null. */
function contradiction(event: RunEvent): Fault | null {
  const isUnknown = event.type === "hurt" && event.where !== "elsewhere" && event.pain === null;
  return isUnknown ? ["", "pain in a knee needs a number from 0 to 10"] : null;
}

function* faultsOf(rules: Record<string, Rule>, item: Record<string, unknown>): Generator<Fault> {
  for (const [name, rule] of Object.entries(rules)) {
    if (!(name in item)) {
      if (rule.byDefault === undefined) yield [name, `is missing: ${rule.allowed}`];
    } else if (!rule.holds(item[name])) {
      yield [name, `${JSON.stringify(item[name])} is not ${rule.allowed}`];
    }
  }
  for (const name of Object.keys(item)) {
    if (name !== "type" && !Object.hasOwn(rules, name))
      yield [name, "is not a field of this event"];
  }
}

function withDefaults(rules: Record<string, Rule>, item: Record<string, unknown>): RunEvent {
  const defaults = Object.entries(rules)
    .filter(([, rule]) => rule.byDefault !== undefined)
    .map(([name, rule]) => [name, rule.byDefault] as const);
  // Every field was checked against its rule above, which the compiler cannot follow.
  const event = { ...Object.fromEntries(defaults), ...item } as unknown as RunEvent;
  // Half a pair is no text; the site writes the same mark for it.
  return event.type === "rated"
    ? { ...event, note: event.note.replace(LONE_SURROGATES, "?") }
    : event;
}

function idOf(item: unknown): string {
  const given = isRecord(item) ? item["id"] : null;
  return typeof given === "string" && !LONE_SURROGATE.test(given) ? given : "";
}

function isRecord(item: unknown): item is Record<string, unknown> {
  return typeof item === "object" && item !== null && !Array.isArray(item);
}
