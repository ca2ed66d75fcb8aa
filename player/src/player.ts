// SPDX-License-Identifier: Apache-2.0
// What the player page loads.

import { mount } from "./mount";
import { readPayload } from "./wire";

const place = document.getElementById("player");
if (!place) throw new Error("The page has no element #player to play in");
await mount(place, readPayload(document));
