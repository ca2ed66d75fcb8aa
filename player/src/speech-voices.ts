// SPDX-License-Identifier: Apache-2.0
// The voice of the device: which one speaks a language, and how a line is spoken by it.

import type { Mouth } from "./speech";
import { TURN, textOf, type Line, type Part } from "./voice-line";

/** A little under the usual pace: calm, and easy to follow while moving. */
const RATE = 0.95;
/** An utterance that did not begin by then will not [ms]. */
const START_MS = 5000;
/** So often in a row a voice may fail to begin until it is not asked any more. */
const MISSES = 3;
/** Slowest speech that is still waited for [ms per character, and beside]. */
const SLOWEST_MS = 160;
const GRACE_MS = 4000;
/** Some browsers swallow what is said at once after a word was broken off [ms]. */
const BREATH_MS = 60;

export type VoiceLike = Pick<SpeechSynthesisVoice, "lang" | "localService" | "default">;

/**
 * The voice for a language: of exactly that language, else of the person's region, else of any
 * region; voices on the device before those of a network. Null where none speaks the language.
 */
export function voiceFor<V extends VoiceLike>(
  voices: readonly V[],
  language: string,
  preferred: readonly string[] = [],
): V | null {
  const wanted = tag(language);
  const regions = preferred.map(tag).filter((each) => base(each) === base(wanted));
  const fitting = voices.filter(({ lang }) => base(tag(lang)) === base(wanted));
  const order = [wanted, ...regions];
  const rank = (voice: V): number => {
    const exact = order.indexOf(tag(voice.lang));
    const place = exact < 0 ? order.length : exact;
    return place * 4 + (voice.localService ? 0 : 2) + (voice.default ? 0 : 1);
  };
  return [...fitting].sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

function tag(language: string): string {
  return language.replaceAll("_", "-").toLowerCase();
}

function base(language: string): string {
  return language.split("-")[0] ?? language;
}

export interface Languages {
  readonly page: string;
  readonly content: string;
}

interface Stretch {
  readonly text: string;
  readonly language: string;
}

export class DeviceVoice implements Mouth {
  readonly #synth: SpeechSynthesis | undefined;
  readonly #languages: Languages;
  /** How often in a row it was asked to speak and never began. */
  #misses = 0;
  /** After a miss captions stand alone until it is worth another try. */
  #isResting = false;
  #brokenOffAt = -Infinity;

  constructor(languages: Languages) {
    this.#languages = languages;
    this.#synth = (globalThis as { speechSynthesis?: SpeechSynthesis }).speechSynthesis;
    this.#synth?.addEventListener("voiceschanged", () => {
      this.retry({ anew: true });
    });
  }

  /** Lets it be asked again after a miss; `anew`: also where it was given up. */
  retry({ anew = false } = {}): void {
    if (anew) this.#misses = 0;
    this.#isResting = false;
  }

  get #isDumb(): boolean {
    return this.#misses >= MISSES;
  }

  /** Whether there is a voice for what is said most: the session's own words. */
  get isThere(): boolean {
    if (this.#isDumb || this.#isResting) return false;
    return this.#voice(this.#languages.content) !== null;
  }

  /** Whether there is no voice for them, as far as the browser told. */
  get isMissing(): boolean {
    if (!this.#synth || this.#isDumb) return true;
    return this.#synth.getVoices().length > 0 && !this.#voice(this.#languages.content);
  }

  can(line: Line): boolean {
    if (!this.#synth || this.#isDumb) return false;
    // A slow start is no reason to be silent to the end: each turn is a new try.
    if (this.#isResting && line.rank !== TURN) return false;
    // Before the list of voices is there the browser chooses by the language.
    if (this.#synth.getVoices().length === 0) return true;
    return this.#stretches(line).every(({ language }) => this.#voice(language));
  }

  say(line: Line, done: (said: boolean) => void): () => void {
    const synth = this.#synth;
    if (!synth) {
      done(false);
      return () => undefined;
    }
    const spoken = new Spoken(synth, this.#utterances(line), (outcome) => {
      this.#learn(outcome);
      done(outcome === "said" || outcome === "endless");
    });
    // At once where it can be: some browsers let speech begin only in answer to a gesture.
    const wait = this.#brokenOffAt + BREATH_MS - Date.now();
    if (wait > 0) spoken.startIn(wait);
    else spoken.start();
    return () => {
      spoken.stop();
      this.#brokenOffAt = Date.now();
    };
  }

  #learn(outcome: Outcome): void {
    if (outcome === "silent") this.#misses += 1;
    else if (outcome !== "refused") this.#misses = 0;
    this.#isResting = outcome === "silent";
    if (outcome === "silent" || outcome === "endless") this.#brokenOffAt = Date.now();
  }

  #utterances(line: Line): SpeechSynthesisUtterance[] {
    return this.#stretches(line).map(({ text, language }) => {
      const utterance = new SpeechSynthesisUtterance(text);
      const voice = this.#voice(language);
      if (voice) utterance.voice = voice;
      utterance.lang = voice?.lang ?? language;
      utterance.rate = RATE;
      return utterance;
    });
  }

  #voice(language: string): SpeechSynthesisVoice | null {
    return voiceFor(this.#synth?.getVoices() ?? [], language, navigator.languages);
  }

  /** Neighbouring parts of one language are one sentence to the voice. */
  #stretches({ parts }: Line): Stretch[] {
    const { page, content } = this.#languages;
    const isOne = base(tag(page)) === base(tag(content));
    const found: { parts: Part[]; language: string }[] = [];
    for (const part of parts) {
      const language = isOne ? content : this.#languages[part.from];
      const last = found.at(-1);
      if (last?.language === language) last.parts.push(part);
      else found.push({ parts: [part], language });
    }
    return found.map(({ parts: some, language }) => ({ text: textOf({ parts: some }), language }));
  }
}

/** Said to the end, refused by the browser, never begun, or begun without ever an end. */
type Outcome = "said" | "refused" | "silent" | "endless";

/** Utterances one after the other, with an eye on those that never begin or never end. */
class Spoken {
  readonly #synth: SpeechSynthesis;
  readonly #utterances: SpeechSynthesisUtterance[];
  readonly #done: (outcome: Outcome) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(
    synth: SpeechSynthesis,
    utterances: SpeechSynthesisUtterance[],
    done: (outcome: Outcome) => void,
  ) {
    this.#synth = synth;
    this.#utterances = utterances;
    this.#done = done;
  }

  startIn(wait: number): void {
    this.#watch(wait, () => {
      this.start();
    });
  }

  start(): void {
    const utterance = this.#utterances.shift();
    if (!utterance) {
      this.#finish("said");
      return;
    }
    utterance.onstart = () => {
      const longest = utterance.text.length * SLOWEST_MS + GRACE_MS;
      // Some voices never say that they ended; one that still speaks would speak into what follows.
      this.#watch(longest, () => {
        this.#finish("endless");
      });
    };
    utterance.onend = () => {
      if (!this.#isOver) this.start();
    };
    utterance.onerror = () => {
      this.#finish("refused");
    };
    this.#watch(START_MS, () => {
      this.#finish("silent");
    });
    this.#synth.speak(utterance);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#synth.cancel();
  }

  #watch(after: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, after);
  }

  #finish(outcome: Outcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (outcome === "silent" || outcome === "endless") this.#synth.cancel();
    this.#done(outcome);
  }
}
