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

export function site(): Plugin {
  return {
    name: "stand-in-for-the-site",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use("/dev-site/payload", (_request, response) => {
        response.setHeader("Content-Type", "application/json").end(readFileSync(PAYLOAD));
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
  const accepted = (JSON.parse(text) as Sent).events.map(({ id }) => id);
  const answer = { accepted, duplicate: [], rejected: [], events_after: [] };
  response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
}
