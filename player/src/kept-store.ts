// SPDX-License-Identifier: Apache-2.0
// What this browser keeps to play without a connection: packages of sessions, and runs of them.
// A database of its own beside the outbox: neither has to wait for the other's new versions.

import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { KEPT } from "./kept-names";
import type { Payload, RunEvent } from "./wire";

/** What `POST /api/kept/<session>` answers: a session planned for this person, ready to pack. */
export interface Package {
  format: 1;
  session: string;
  title: string;
  /**
   * Until then it begins without the site [ISO 8601]; null: for ever. Packages of earlier days have
   * none.
   */
  until?: string | null;
  /** Start of a player; run, events and token are filled in here. */
  payload: Payload;
  /** Where runs are opened; ends in the same id as the payload's run. */
  open_url: string;
  /** The page that plays it, which holds nothing of a person. */
  shell_url: string;
  /** Scripts, styles and the words of the player; addresses that may change their content. */
  pages: string[];
  /** Addresses that never change their content. */
  files: string[];
}

export interface KeptSession {
  session: string;
  title: string;
  /** When it was kept or renewed [ISO 8601]. */
  at: string;
  bytes: number;
  /** Addresses it needs in the cache. */
  urls: string[];
  package: Package;
}

/** A run that began in this browser, whether or not the site knows of it. */
export interface LocalRun {
  id: string;
  session: string;
  timeline_hash: string;
  /** When its page was first opened [ISO 8601]. */
  begun: string;
  open_url: string;
  events_url: string;
  session_url: string;
  /** What it is played from, whatever is kept under the session's name by now. */
  payload: Payload;
  /** Addresses that its page needs in the cache. */
  urls: string[];
  /** The site knows the run. */
  opened: boolean;
}

interface Line {
  id: string;
  run: string;
  event: RunEvent;
}

interface Schema extends DBSchema {
  sessions: { key: string; value: KeptSession };
  runs: { key: string; value: LocalRun; indexes: { session: string } };
  log: { key: string; value: Line; indexes: { run: string } };
}

export class KeptStore {
  readonly #database: IDBPDatabase<Schema>;

  constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  session(slug: string): Promise<KeptSession | undefined> {
    return this.#database.get("sessions", slug);
  }

  async sessions(): Promise<KeptSession[]> {
    const all = await this.#database.getAll("sessions");
    return all.sort((a, b) => a.title.localeCompare(b.title));
  }

  async keep(session: KeptSession): Promise<void> {
    await this.#database.put("sessions", session);
  }

  async remove(slug: string): Promise<void> {
    await this.#database.delete("sessions", slug);
  }

  run(id: string): Promise<LocalRun | undefined> {
    return this.#database.get("runs", id);
  }

  runs(): Promise<LocalRun[]> {
    return this.#database.getAll("runs");
  }

  runsOf(slug: string): Promise<LocalRun[]> {
    return this.#database.getAllFromIndex("runs", "session", slug);
  }

  async putRun(run: LocalRun): Promise<void> {
    await this.#database.put("runs", run);
  }

  /** The events of a run made or seen in this browser, by number. */
  async log(run: string): Promise<RunEvent[]> {
    const lines = await this.#database.getAllFromIndex("log", "run", run);
    return lines.map(({ event }) => event).sort((a, b) => a.seq - b.seq);
  }

  async write(run: string, events: readonly RunEvent[]): Promise<void> {
    const transaction = this.#database.transaction("log", "readwrite");
    const writes = events.map((event) => transaction.store.put({ id: event.id, run, event }));
    // A page that goes away cannot wait for its writes; uncommitted, they would go with it.
    transaction.commit();
    await Promise.all([...writes, transaction.done]);
  }

  /** Forgets a run with its log. */
  async forget(run: string): Promise<void> {
    const transaction = this.#database.transaction(["runs", "log"], "readwrite");
    const log = transaction.objectStore("log");
    const lines = log.index("run").getAllKeys(run);
    await Promise.all([
      lines.then((found) => Promise.all(found.map((line) => log.delete(line)))),
      transaction.objectStore("runs").delete(run),
      transaction.done,
    ]);
  }

  close(): void {
    this.#database.close();
  }
}

/** Rejects where the browser refuses storage. */
export async function openKept(): Promise<KeptStore> {
  const database = await openDB<Schema>(KEPT, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("sessions", { keyPath: "session" });
      fresh.createObjectStore("runs", { keyPath: "id" }).createIndex("session", "session");
      fresh.createObjectStore("log", { keyPath: "id" }).createIndex("run", "run");
    },
    blocking(_current, _wanted, { target }) {
      // Another page erases what this browser keeps, and must not have to wait for this one.
      (target as IDBDatabase).close();
    },
  });
  return new KeptStore(database);
}
