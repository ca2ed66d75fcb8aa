// SPDX-License-Identifier: Apache-2.0
// Names shared by pages and the service worker: small, since every page loads them.

/** The database of the outbox: events that the site has not confirmed. */
export const OUTBOX = "hipfirst";

/** The database of what is kept to play without a connection, beside the outbox. */
export const KEPT = "hipfirst-kept";

/** Holds every file of every kept session, by address. The service worker answers from it. */
export const CACHE = "hipfirst-kept";

/** The offline page lists what is kept; it is fetched anew with every session. */
export const OFFLINE_URL = "/offline/";

/** Whether there is such a database. Asking must not make an empty one. */
export async function isDatabase(name: string): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some((each) => each.name === name);
  } catch {
    return false;
  }
}
