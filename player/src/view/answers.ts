// SPDX-License-Identifier: Apache-2.0
// The answers under a question, one below the other, the likeliest first.

import { html, type TemplateResult } from "lit";

export interface Answer {
  label: unknown;
  act: () => void;
  primary?: boolean;
}

export function answers(all: readonly Answer[]): TemplateResult {
  return html`<div class="answers">
    ${all.map(
      ({ label, act, primary }) =>
        html`<button type="button" class="button ${primary ? "primary" : ""}" @click=${act}>
          <span>${label}</span>
        </button>`,
    )}
  </div>`;
}
