// SPDX-License-Identifier: Apache-2.0
// Stands in for the site in `npm run dev`: the example payload, an event log, the baked files.

import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";

const ROOT = join(import.meta.dirname, "../..");
const PAYLOAD = process.env["PAYLOAD"] ?? join(ROOT, "tests/wire/payload.json");
const BAKED = join(ROOT, "content/starter/baked");

interface Sent {
  events: { id: string }[];
}

/** Run -> its log, as long as the server lives. */
const logs = new Map<string, Sent["events"]>();

export function site(): Plugin {
  return {
    name: "stand-in-for-the-site",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use("/dev-site/payload", (request, response) => {
        const run = request.url?.slice(1) ?? "";
        const payload = JSON.parse(readFileSync(PAYLOAD, "utf8")) as object;
        const events = logs.get(run) ?? [];
        response
          .setHeader("Content-Type", "application/json")
          .end(JSON.stringify({ ...payload, events, events_url: `/api/runs/${run}` }));
      });
      server.middlewares.use("/api/runs", (request, response) => void append(request, response));
      server.middlewares.use("/media", (request, response, next) => {
        const file = join(BAKED, new URL(request.url ?? "/", "http://site").pathname);
        if (!existsSync(file)) next();
        else createReadStream(file).pipe(response);
      });
    },
  };
}

async function append(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const run = request.url?.slice(1) ?? "";
  const log = logs.get(run) ?? [];
  logs.set(run, log);
  const accepted: string[] = [];
  const duplicate: string[] = [];
  for (const event of (JSON.parse(text) as Sent).events) {
    const known = log.some(({ id }) => id === event.id);
    (known ? duplicate : accepted).push(event.id);
    if (!known) log.push(event);
  }
  const answer = { accepted, duplicate, rejected: [], events_after: [] };
  response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
}
