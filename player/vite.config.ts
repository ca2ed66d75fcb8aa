// SPDX-License-Identifier: Apache-2.0
// Everything the site serves beside its pages: content-hashed files and a manifest that names them.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { VitePWA } from "vite-plugin-pwa";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { site } from "./dev/site.ts";

const BASE = "/static/";
const ASSETS = join(import.meta.dirname, "../src/hipfirst/web/assets");

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
  assets?: string[];
}

/** What the offline page needs: site.ts with its looks, and what it loads for kept sessions. */
async function filesOfSite(): Promise<Set<string>> {
  const text = await readFile(join(ASSETS, "manifest.json"), "utf8");
  const manifest = JSON.parse(text) as Record<string, Chunk>;
  const found = new Map<string, Chunk>();
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || found.has(key)) return;
    found.set(key, chunk);
    const lazy = chunk.dynamicImports?.filter((each) => each.startsWith("src/kept-"));
    for (const each of [...(chunk.imports ?? []), ...(lazy ?? [])]) visit(each);
  };
  visit("src/site.ts");
  return new Set([...found.values()].flatMap(filesOf));
}

function filesOf({ file, css = [], assets = [] }: Chunk): string[] {
  // Letters beyond Latin-1 come from the network, like the figure.
  return [file, ...css, ...assets.filter((each) => /\.svg$|-latin-(?!ext).*\.woff2$/.test(each))];
}

/** Pictures that only the manifest of the installed site and `<link>`s name. */
const icons: Plugin = {
  name: "icons",
  apply: "build",
  async buildStart() {
    const folder = join(import.meta.dirname, "src/icons");
    for (const name of await readdir(folder)) {
      const source = await readFile(join(folder, name));
      this.emitFile({ type: "asset", name, originalFileName: `src/icons/${name}`, source });
    }
  },
};

const worker = VitePWA({
  strategies: "injectManifest",
  srcDir: "src",
  filename: "sw.ts",
  // The site registers it, serves it at /sw.js and writes the manifest of the installed site.
  injectRegister: false,
  manifest: false,
  injectManifest: {
    globPatterns: ["*.{js,css,svg,woff2}"],
    maximumFileSizeToCacheInBytes: 5_000_000,
    dontCacheBustURLsMatching: /-[\w-]{8}\.\w+$/,
    manifestTransforms: [
      async (entries) => {
        const wanted = await filesOfSite();
        const manifest = entries.filter(({ url }) => wanted.has(url));
        return { manifest: manifest.map((each) => ({ ...each, url: BASE + each.url })) };
      },
    ],
  },
});

export default defineConfig({
  base: BASE,
  publicDir: false,
  plugins: [site(), icons, worker],
  build: {
    outDir: ASSETS,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    sourcemap: false,
    // The content security policy knows no data: URLs, so nothing may be inlined.
    assetsInlineLimit: 0,
    // The manifest tells the page what to preload; a polyfill would only add bytes.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        site: "src/site.ts",
        admin: "src/admin.ts",
        player: "src/player.ts",
        "kept-player": "src/kept-player.ts",
      },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
  },
});
