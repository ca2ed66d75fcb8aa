// SPDX-License-Identifier: Apache-2.0
// Events that the site has not confirmed yet, kept in the browser until it has.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { OUTBOX } from "./kept-names";
import type { RunEvent } from "./wire";

interface Kept {
  run: string;
  event: RunEvent;
  /** The site would not take it: it waits for a site that does, and holds nothing up. */
  refused?: true;
}

interface Schema extends DBSchema {
  events: { key: string; value: Kept & { id: string }; indexes: { run: string } };
}

export interface Outbox {
  /** Keeps events until they are dropped. */
  put(events: readonly RunEvent[]): Promise<void>;
  /** The events to send, by number. */
  all(): Promise<RunEvent[]>;
  /** Keeps events out of what is to be sent. */
  setAside(events: readonly RunEvent[]): Promise<void>;
  /** The events set aside, by number. */
  aside(): Promise<RunEvent[]>;
  drop(ids: readonly string[]): Promise<void>;
}

/** The outbox of one run. Where the browser refuses storage, it holds as long as the page does. */
export async function openOutbox(run: string): Promise<Outbox> {
  try {
    return stored(await open(), run);
  } catch (error) {
    console.warn("This browser keeps nothing: what is not sent is lost with the page.", error);
    return remembered();
  }
}

/** The runs with events that the site has not confirmed, those set aside among them. */
export async function runsWaiting(): Promise<string[]> {
  const database = await open();
  try {
    const kept = await database.getAll("events");
    return [...new Set(kept.map(({ run }) => run))];
  } finally {
    database.close();
  }
}

function open(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(OUTBOX, 1, {
    upgrade(database) {
      database.createObjectStore("events", { keyPath: "id" }).createIndex("run", "run");
    },
    blocking(_current, _wanted, { target }) {
      // Another page erases what this browser keeps, and must not have to wait for this one.
      (target as IDBDatabase).close();
    },
  });
}

function stored(database: IDBPDatabase<Schema>, run: string): Outbox {
  const write = async (events: readonly RunEvent[], mark: Pick<Kept, "refused">): Promise<void> => {
    const transaction = database.transaction("events", "readwrite");
    const { store, done } = transaction;
    const writes = events.map((event) => store.put({ id: event.id, run, event, ...mark }));
    // A page that goes away cannot wait for its writes; uncommitted, they would go with it.
    transaction.commit();
    await Promise.all([...writes, done]);
  };
  const read = async (refused: boolean): Promise<RunEvent[]> => {
    const kept = await database.getAllFromIndex("events", "run", run);
    const wanted = kept.filter((each) => (each.refused ?? false) === refused);
    return byNumber(wanted.map(({ event }) => event));
  };
  return {
    put: (events) => write(events, {}),
    all: () => read(false),
    setAside: (events) => write(events, { refused: true }),
    aside: () => read(true),
    async drop(ids) {
      const { store, done } = database.transaction("events", "readwrite");
      await Promise.all(ids.map((id) => store.delete(id)));
      await done;
    },
  };
}

/** An outbox that lives as long as the page. */
export function remembered(): Outbox {
  const kept = new Map<string, RunEvent>();
  const refused = new Map<string, RunEvent>();
  return {
    put(events) {
      for (const event of events) kept.set(event.id, event);
      return Promise.resolve();
    },
    all: () => Promise.resolve(byNumber([...kept.values()])),
    setAside(events) {
      for (const event of events) {
        kept.delete(event.id);
        refused.set(event.id, event);
      }
      return Promise.resolve();
    },
    aside: () => Promise.resolve(byNumber([...refused.values()])),
    drop(ids) {
      for (const id of ids) for (const each of [kept, refused]) each.delete(id);
      return Promise.resolve();
    },
  };
}

function byNumber(events: RunEvent[]): RunEvent[] {
  return events.sort((a, b) => a.seq - b.seq);
}
