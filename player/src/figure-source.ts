// SPDX-License-Identifier: Apache-2.0
// Where the moving figure comes from: loaded on its own, after the player can be used.

// One mesh for the pictures drawn at bake time and for the page: it stands beside the rasteriser.
// eslint-disable-next-line no-restricted-imports
import figureUrl from "../../src/hipfirst/packs/bake/figure.bin?url";
import type { Clip } from "./figure";
import { gettext } from "./i18n";
import type { FigureSource } from "./stage";

/** The figure's code. Rejects where it cannot be loaded. */
export async function loadFigure(reducedMotion: boolean): Promise<FigureSource<Clip>> {
  const figure = await import("./figure");
  const label = gettext("A figure doing the movement");
  return {
    create: (host) => figure.createFigure(host, { figureUrl, reducedMotion, label }),
    loadClip: (url) => figure.loadClip(url),
  };
}
