// SPDX-License-Identifier: Apache-2.0
// Ways to pages of the site that a player may be too far away from to follow.

import { html, nothing, type TemplateResult } from "lit";
import type { Model } from "./model";

/**
 * A link within text. None where the site has no such page, and none while it cannot be reached.
 */
export function link({ look }: Model, url: string, label: string): TemplateResult | typeof nothing {
  return url && !look.waiting ? html`<a href=${url}>${label}</a>` : nothing;
}
