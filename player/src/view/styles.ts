// SPDX-License-Identifier: Apache-2.0
// Styles of the player, phone first. Colours and fonts come from the roles of the page.

import { unsafeCSS } from "lit";
import asking from "./css/asking.css?inline";
import base from "./css/base.css?inline";
import controls from "./css/controls.css?inline";
import dialogs from "./css/dialogs.css?inline";
import end from "./css/end.css?inline";
import largeText from "./css/large-text.css?inline";
import layout from "./css/layout.css?inline";
import panel from "./css/panel.css?inline";
import settings from "./css/settings.css?inline";
import stage from "./css/stage.css?inline";
import wide from "./css/wide.css?inline";

/** Later sheets refine earlier ones. */
export const styles = [
  base,
  layout,
  stage,
  panel,
  controls,
  dialogs,
  settings,
  end,
  asking,
  wide,
  largeText,
].map(unsafeCSS);
