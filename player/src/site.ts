// SPDX-License-Identifier: Apache-2.0
// What every page loads: its look, and what makes its plain HTML quicker to use.

import "./styles/site.css";
import { enhanceCitations } from "./site/citations";
import { enhanceComments } from "./site/comments";
import { enhanceCopying } from "./site/copying";
import { enhanceErasure, isErased } from "./site/erasure";
import { enhanceFigures } from "./site/figure";
import { enhanceFilters } from "./site/filters";
import { enhanceOffline, recallTheme } from "./site/offline";
import { enhancePasskeys } from "./site/passkey";
import { enhanceTheme } from "./site/theme";
import { enhanceZone } from "./site/zone";

const erased = isErased(document, location.search);
enhanceErasure(document, location.search);
recallTheme(document);
enhanceTheme(document);
enhanceFilters(document);
enhancePasskeys(document);
enhanceFigures(document);
enhanceCitations(document);
enhanceComments(document);
enhanceCopying(document, navigator.clipboard);
enhanceZone(document);
if (!erased) void enhanceOffline(document);
