// SPDX-License-Identifier: Apache-2.0

/** Why no figure can be shown; the player then shows the still picture instead. */
export class FigureUnavailable extends Error {
  override readonly name = "FigureUnavailable";

  constructor(
    readonly reason: "no-webgl" | "no-mesh" | "bad-mesh" | "no-clip" | "bad-clip",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
