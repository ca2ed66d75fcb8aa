// SPDX-License-Identifier: Apache-2.0
// Everything the site serves beside its pages: content-hashed files and a manifest that names them.

import { defineConfig } from "vitest/config";
import { site } from "./dev/site.ts";

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [site()],
  build: {
    outDir: "../src/hipfirst/web/assets",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    sourcemap: false,
    // The content security policy knows no data: URLs, so nothing may be inlined.
    assetsInlineLimit: 0,
    // The manifest tells the page what to preload; a polyfill would only add bytes.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { site: "src/site.ts", player: "src/player.ts" },
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
