// SPDX-License-Identifier: Apache-2.0
// A clock that ticks where browsers slow none down: it gets its interval [ms] and answers with ticks.

addEventListener("message", ({ data }: MessageEvent<number>) => {
  setInterval(() => {
    postMessage(null);
  }, data);
});
