// SPDX-License-Identifier: Apache-2.0
// What every page loads.

import "./styles/site.css";
