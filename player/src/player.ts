// SPDX-License-Identifier: Apache-2.0
// What the player page loads.

import "./styles/site.css";
