// SPDX-License-Identifier: Apache-2.0
// All that is heard, felt and captioned, in one place: what happened goes in, the rest follows.

import { Captions, Silence, type Caption } from "./captions";
import { gettext } from "./i18n";
import { askToMix, canMix, MediaButtons, type MediaVerbs } from "./media";
import type { Moment } from "./moments";
import type { Snapshot } from "./snapshot";
import type { Sounds } from "./sounds";
import { Speaker, type Mouth } from "./speech";
import { Recordings } from "./speech-recordings";
import { DeviceVoice } from "./speech-voices";
import { vibrate } from "./vibrate";
import { lines } from "./voice";
import { beats } from "./voice-beats";
import { rankOf, type Line } from "./voice-line";
import {
  changed,
  recallHearing,
  rememberHearing,
  sounds as letsTonesBeHeard,
  speaks,
  wantsSound,
  type Hearing,
} from "./voice-settings";
import type { Payload } from "./wire";

interface Options {
  payload: Payload;
  sounds: Sounds;
  verbs: MediaVerbs;
  /** Puts a caption on the screen, or takes it away. */
  write: (caption: Caption | null) => void;
}

export class Desk {
  readonly #sounds: Sounds;
  readonly #voice: DeviceVoice;
  readonly #recordings: Recordings;
  readonly #speaker: Speaker;
  readonly #media: MediaButtons;
  readonly #told = new Set<string>();
  #hearing: Hearing;
  #before: Snapshot | null = null;
  #prepared = "";

  constructor({ payload, sounds, verbs, write }: Options) {
    const { language: content, title } = payload.timeline;
    this.#sounds = sounds;
    this.#hearing = recallHearing();
    this.#voice = new DeviceVoice({ page: payload.language, content });
    this.#recordings = new Recordings(() => sounds.context);
    this.#media = new MediaButtons(verbs, title);
    const captions = new Captions(write);
    this.#speaker = new Speaker(this.#mouths(), {
      begins: (line) => {
        captions.show(line);
        sounds.soften(this.#isSpoken);
      },
      ends: (line, said) => {
        captions.fade(line);
        sounds.soften(false);
        if (said && line.key) this.#told.add(line.key);
      },
    });
    this.#apply();
  }

  get hearing(): Hearing {
    return this.#hearing;
  }

  /** Whether one can follow the run by ear at this moment, so that it goes on in the dark. */
  get isHeard(): boolean {
    return this.speaksAloud || this.#sounds.areHeard;
  }

  /** Whether the device speaks, so that a screen reader need not say the same. */
  get speaksAloud(): boolean {
    return this.#isSpoken && this.#voice.isThere;
  }

  /** Whether the browser is known to have no voice for this session. */
  get hasNoVoice(): boolean {
    return this.#voice.isMissing;
  }

  /** Whether the buttons of the lock screen are answered. */
  get answersMedia(): boolean {
    return this.#hearing.lockScreen ?? canMix();
  }

  /** Call this in a gesture: browsers let sound begin only there. */
  unlock(): void {
    if (wantsSound(this.#hearing)) this.#sounds.unlock();
  }

  change(change: Partial<Hearing>): void {
    this.#hearing = changed(this.#hearing, change);
    rememberHearing(this.#hearing);
    this.#apply();
    this.unlock();
    if (!this.#isSpoken) this.#speaker.hush();
    if (this.#before) this.#media.follow(this.#before, this.answersMedia);
  }

  /** The page is seen again: a voice that did not begin while it was not may do so now. */
  seen(): void {
    this.#voice.retry();
  }

  /** The page goes, and with it all that is still being said. */
  hush(): void {
    this.#speaker.hush();
  }

  /** What it sounds like, as it is set now. */
  sample(): void {
    this.unlock();
    this.#voice.retry({ anew: true });
    this.#sounds.play(["go"]);
    const { rung } = this.#before?.shown ?? {};
    const text = gettext("This is how the session sounds.");
    const parts: Line["parts"] = [
      { text, from: "page" },
      ...(rung ? [{ text: `${rung.name}. ${rung.cues.move}`, from: "content" as const }] : []),
    ];
    this.#speaker.say([{ parts, rank: rankOf("turn"), lasts: 5000 }]);
  }

  /** `covered`: a dialog stands over the player and says what it has to say by itself. */
  follow(now: Snapshot, happened: readonly Moment[], covered: boolean): void {
    const before = this.#before ?? now;
    this.#before = now;
    this.#sounds.play(happened);
    if (this.#hearing.vibrate) vibrate(happened);
    this.#media.follow(now, this.answersMedia);
    this.#prepare(now);
    if (covered || now.notice === "other-tab") {
      if (happened.includes("paused")) this.#speaker.hush();
      return;
    }
    const { length } = this.#hearing;
    for (const beat of beats(before, now, happened)) {
      this.#speaker.say(lines(beat, { now, length, told: this.#told }));
    }
  }

  get #isSpoken(): boolean {
    return speaks(this.#hearing);
  }

  /** A recording before the voice of the device; where neither is, the caption alone. */
  #mouths(): Mouth[] {
    const wanted = (): boolean => this.#isSpoken;
    return [onlyIf(wanted, this.#recordings), onlyIf(wanted, this.#voice), new Silence()];
  }

  #apply(): void {
    this.#sounds.on = letsTonesBeHeard(this.#hearing);
    askToMix(this.#hearing.lockScreen === true);
  }

  /** Loads the recordings of what is shown, before they are needed. */
  #prepare({ shown }: Snapshot): void {
    if (shown.rung.exercise === this.#prepared || !this.#sounds.context) return;
    this.#prepared = shown.rung.exercise;
    if (this.#isSpoken) this.#recordings.prepare(Object.values(shown.rung.audio));
  }
}

/** A mouth that is asked only while speech is wanted. */
function onlyIf(wanted: () => boolean, mouth: Mouth): Mouth {
  return {
    can: (line) => wanted() && mouth.can(line),
    say: (line, done) => mouth.say(line, done),
  };
}
