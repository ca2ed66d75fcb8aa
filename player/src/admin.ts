// SPDX-License-Identifier: Apache-2.0
// What every page behind the site loads beside Django's own: the site's colours and their switch.

import "./styles/admin.css";
import { enhanceColours } from "./site/colours";
import { enhanceTheme } from "./site/theme";

enhanceTheme(document);
enhanceColours(document);
