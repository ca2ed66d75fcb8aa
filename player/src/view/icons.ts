// SPDX-License-Identifier: Apache-2.0
// Line drawings on a 24 by 24 grid; the words beside them carry the meaning.

import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

const SHAPES = {
  back: svg`<path d="M18 5.5v13L8 12zM6 5.5v13" />`,
  next: svg`<path d="M6 5.5v13L16 12zM18 5.5v13" />`,
  pause: svg`<path d="M9 5.5v13M15 5.5v13" />`,
  play: svg`<path d="M8 5v14l11-7z" />`,
  stop: svg`<path d="M6.5 6.5h11v11h-11z" />`,
  minus: svg`<path d="M6 12h12" />`,
  plus: svg`<path d="M12 6v12M6 12h12" />`,
  easier: svg`<path d="M5 9.5l7 7 7-7" />`,
  harder: svg`<path d="M5 14.5l7-7 7 7" />`,
  skip: svg`<path d="M4.5 6v12l7.5-6zM12.5 6v12l7.5-6z" />`,
  again: svg`<path d="M19 12a7 7 0 1 1-2.3-5.2M17 3v4.2h-4.2" />`,
  rest: svg`<path d="M12 8v8M8 12h8" /><circle cx="12" cy="12" r="8.5" />`,
  outline: svg`<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01" />`,
  how: svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 11.2v5M12 7.8h.01" />`,
  soundOn: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />`,
  soundOff: svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5" />`,
  settings: svg`<path d="M4 7.5h8M16 7.5h4M4 16.5h4M12 16.5h8" /><circle cx="14" cy="7.5" r="2" /><circle cx="10" cy="16.5" r="2" />`,
  help: svg`<circle cx="12" cy="12" r="8.5" /><path d="M9.8 9.6a2.3 2.3 0 1 1 3.3 2.1c-.8.4-1.1.9-1.1 1.7M12 16.4h.01" />`,
  close: svg`<path d="M6 6l12 12M18 6L6 18" />`,
  leave: svg`<path d="M14.5 5.5L8 12l6.5 6.5" />`,
  xray: svg`<circle cx="12" cy="12" r="8.5" /><circle cx="12" cy="12" r="3.2" /><path d="M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3" />`,
  slower: svg`<circle cx="12" cy="13" r="7.5" /><path d="M12 9v4l-2.5 2M9.5 3h5" />`,
  turn: svg`<path d="M3.5 12c0-2.5 3.8-4.3 8.5-4.3s8.5 1.8 8.5 4.3-3.8 4.3-8.5 4.3M14.5 13.5L11.5 16.3l3 2.7" />`,
  closer: svg`<circle cx="10.5" cy="10.5" r="6.5" /><path d="M20 20l-4.8-4.8M10.5 7.8v5.4M7.8 10.5h5.4" />`,
  further: svg`<circle cx="10.5" cy="10.5" r="6.5" /><path d="M20 20l-4.8-4.8M7.8 10.5h5.4" />`,
  front: svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />`,
  sides: svg`<path d="M4 8.5h14M14.5 5L18 8.5 14.5 12M20 15.5H6M9.5 12L6 15.5 9.5 19" />`,
  hurts: svg`<path d="M13 3L6.5 13H12l-1 8 6.5-10.5H12z" />`,
  space: svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M9 12h6M12 9v6" />`,
  kit: svg`<path d="M3.5 9.5v5M6.5 7.5v9M6.5 12h11M17.5 7.5v9M20.5 9.5v5" />`,
  later: svg`<path d="M18.5 14.5A7 7 0 0 1 9.5 5.5a7 7 0 1 0 9 9z" />`,
  check: svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`,
} satisfies Record<string, SVGTemplateResult>;

export type Icon = keyof typeof SHAPES;

export function icon(name: Icon): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${SHAPES[name]}
  </svg>`;
}
