// SPDX-License-Identifier: Apache-2.0
// Writes src/wire.generated.ts from tests/wire/schema.json; with --check only compares.

import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const SCHEMA = new URL("../../tests/wire/schema.json", import.meta.url);
const TYPES = new URL("../src/wire.generated.ts", import.meta.url);
const BANNER = `// SPDX-License-Identifier: Apache-2.0
// Written by \`npm run wire\` from the models of the site; not by hand.`;

/** Drops the titles that would turn every field into a type of its own. */
function withoutFieldTitles(node, isNamed) {
  if (Array.isArray(node)) return node.map((each) => withoutFieldTitles(each, false));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node)
    .filter(([key, value]) => !(key === "title" && typeof value === "string" && !isNamed))
    // Lengths are the site's to check; as types they would be tuples of every length allowed.
    .filter(([key]) => key !== "minItems" && key !== "maxItems")
    .map(([key, value]) =>
      key === "$defs"
        ? [
            key,
            Object.fromEntries(
              Object.entries(value).map(([n, v]) => [n, withoutFieldTitles(v, true)]),
            ),
          ]
        : [key, withoutFieldTitles(value, false)],
    );
  return Object.fromEntries(entries);
}

export async function types() {
  const schema = JSON.parse(await readFile(SCHEMA, "utf8"));
  return compile(withoutFieldTitles(schema, true), "Wire", {
    bannerComment: BANNER,
    additionalProperties: false,
    format: true,
    style: { printWidth: 100 },
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await writeFile(TYPES, await types());
}
