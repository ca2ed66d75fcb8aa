// SPDX-License-Identifier: Apache-2.0

import js from "@eslint/js";
import lit from "eslint-plugin-lit";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/", "src/wire.generated.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { lit },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...lit.configs["flat/recommended"].rules,
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      // A switch over a closed union counts as one decision.
      complexity: ["error", { max: 10, variant: "modified" }],
      eqeqeq: "error",
      "no-console": ["error", { allow: ["warn", "error"] }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A number in a message reads the same with or without String().
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Sources stand alone: nothing outside src but declared packages.
      "no-restricted-imports": ["error", { patterns: ["**/../../*"] }],
    },
  },
  {
    files: ["src/figure/**/*.ts", "tests/**/*.ts", "dev/**/*.ts", "vite.config.ts"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      // A describe block is a list of tests, not a function to read at once.
      "max-lines-per-function": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["scripts/**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
