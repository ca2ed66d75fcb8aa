// SPDX-License-Identifier: Apache-2.0
// Writes src/media-quiet.mp3: ten seconds without a sound, for the buttons of the lock screen.
//
// MPEG-2 layer III, 8 kbit/s, 16 kHz, one channel. A frame whose side information is all zero holds
// no samples, so it plays as silence; every frame is the same 36 bytes.

import { Buffer } from "node:buffer";
import { writeFileSync } from "node:fs";

const SECONDS = 10;
const RATE = 16_000;
const SAMPLES = 576;
const HEADER = [0xff, 0xf3, 0x18, 0xc4];
const FRAME_BYTES = (72 * 8_000) / RATE;

const frame = Buffer.alloc(FRAME_BYTES);
frame.set(HEADER);
const frames = Math.round((SECONDS * RATE) / SAMPLES);
const file = new URL("../src/media-quiet.mp3", import.meta.url);
writeFileSync(file, Buffer.concat(Array.from({ length: frames }, () => frame)));
console.log(`${frames} frames, ${frames * FRAME_BYTES} bytes`);
