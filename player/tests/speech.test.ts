// SPDX-License-Identifier: Apache-2.0

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Captions, Silence, type Caption } from "../src/captions";
import { Speaker } from "../src/speech";
import { Recordings } from "../src/speech-recordings";
import { DeviceVoice, voiceFor, type VoiceLike } from "../src/speech-voices";
import { rankOf, textOf, type Line, type RankName } from "../src/voice-line";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function line(text: string, rank: RankName = "go", more: Partial<Line> = {}): Line {
  return { parts: [{ text, from: "page" }], rank: rankOf(rank), lasts: 3000, ...more };
}

/** A queue that only captions, and what it began and said to the end. */
function quiet() {
  const told: string[] = [];
  const speaker = new Speaker([new Silence()], {
    begins: (each) => told.push(textOf(each)),
    ends: (each, said) => told.push(`${said ? "" : "not "}said: ${textOf(each)}`),
  });
  return { speaker, told };
}

describe("the queue", () => {
  test("says one line after the other", () => {
    const { speaker, told } = quiet();
    speaker.say([line("one"), line("two")]);
    expect(told).toEqual(["one"]);
    vi.advanceTimersByTime(2000);
    expect(told).toEqual(["one", "said: one", "two", "said: two"]);
  });

  test("a turn breaks off what is said and what waits", () => {
    const { speaker, told } = quiet();
    speaker.say([line("set up", "guide"), line("move", "move")]);
    speaker.say([line("rest", "turn"), line("how", "guide")]);
    vi.advanceTimersByTime(5000);
    expect(told).toEqual(["set up", "not said: set up", "rest", "said: rest", "how", "said: how"]);
  });

  test("what matters more lets what matters less go, and waits for its equals", () => {
    const { speaker, told } = quiet();
    speaker.say([line("set up", "guide")]);
    speaker.say([line("go"), line("move", "move")]);
    speaker.say([line("last one")]);
    vi.advanceTimersByTime(9000);
    expect(told.filter((each) => !each.includes("said"))).toEqual(["set up", "go", "last one"]);
  });

  test("a count is said at its moment or not at all", () => {
    const { speaker, told } = quiet();
    speaker.say([line("2", "cue")]);
    speaker.say([line("open", "cue")]);
    vi.advanceTimersByTime(1000);
    speaker.say([line("3", "cue")]);
    expect(told).toEqual(["2", "said: 2", "3"]);
  });

  test("what waited too long is not said any more", () => {
    const { speaker, told } = quiet();
    speaker.say([line("x".repeat(100), "guide"), line("go", "go", { lasts: 3000 })]);
    vi.advanceTimersByTime(20_000);
    expect(told.some((each) => each === "go")).toBe(false);
  });

  test("hush ends it all", () => {
    const { speaker, told } = quiet();
    speaker.say([line("one"), line("two")]);
    speaker.hush();
    vi.advanceTimersByTime(5000);
    expect(told).toEqual(["one", "not said: one"]);
  });
});

test("a caption stands while it is said, then as long as reading takes", () => {
  const shown: (Caption | null)[] = [];
  const captions = new Captions((caption) => shown.push(caption));
  const [one, two] = [line("one"), line("two")];
  captions.show(one);
  captions.fade(one);
  captions.show(two);
  vi.advanceTimersByTime(60_000);
  expect(shown).toEqual([one.parts, two.parts]);
  captions.fade(two);
  vi.advanceTimersByTime(2400);
  expect(shown).toHaveLength(2);
  vi.advanceTimersByTime(200);
  expect(shown.at(-1)).toBeNull();
});

describe("the voice for a language", () => {
  const voice = (lang: string, localService = true, isDefault = false): VoiceLike => ({
    lang,
    localService,
    default: isDefault,
  });

  test("is of that very language before any other region", () => {
    const voices = [voice("en-AU"), voice("en-GB", false), voice("de-DE")];
    expect(voiceFor(voices, "en-GB")?.lang).toBe("en-GB");
    expect(voiceFor(voices, "de")?.lang).toBe("de-DE");
  });

  test("is of the person's own region where the language has none", () => {
    const voices = [voice("en-US"), voice("en_GB")];
    expect(voiceFor(voices, "en", ["de-DE", "en-GB"])?.lang).toBe("en_GB");
  });

  test("is on the device rather than in a network, and the default among equals", () => {
    const [far, near, chosen] = [
      voice("en-GB", false, true),
      voice("en-GB"),
      voice("en-GB", true, true),
    ];
    expect(voiceFor([far, near], "en-GB")).toBe(near);
    expect(voiceFor([far, near, chosen], "en-GB")).toBe(chosen);
  });

  test("is none where no voice speaks the language", () => {
    expect(voiceFor([voice("en-GB")], "de")).toBeNull();
  });
});

/** The browser's speech: what it was given, and its answers in the test's hand. */
class Synth extends EventTarget {
  voices = [{ lang: "en-GB", localService: true, default: true }];
  spoken: { text: string; lang: string; onstart(): void; onend(): void; onerror(): void }[] = [];
  cancelled = 0;

  getVoices = () => this.voices;
  speak = (utterance: (typeof this.spoken)[number]) => void this.spoken.push(utterance);
  cancel = () => void (this.cancelled += 1);
}

class Utterance {
  lang = "";
  constructor(readonly text: string) {}
}

function device(): { synth: Synth; voice: DeviceVoice } {
  const synth = new Synth();
  vi.stubGlobal("speechSynthesis", synth);
  vi.stubGlobal("SpeechSynthesisUtterance", Utterance);
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
  return { synth, voice: new DeviceVoice({ page: "en-gb", content: "en" }) };
}

const mixed = line("", "go", {
  parts: [
    { text: "Next:", from: "page" },
    { text: "Clam.", from: "content" },
  ],
});

describe("the device's voice", () => {
  test("says neighbours of one language as one sentence", () => {
    const { synth, voice } = device();
    const done = vi.fn();
    voice.say(mixed, done);
    expect(synth.spoken.map(({ text }) => text)).toEqual(["Next: Clam."]);
    synth.spoken[0]?.onend();
    expect(done).toHaveBeenCalledExactlyOnceWith(true);
  });

  test("says each language by its own voice, one after the other", () => {
    const { synth } = device();
    synth.voices.push({ lang: "de-DE", localService: true, default: false });
    const voice = new DeviceVoice({ page: "en", content: "de" });
    voice.say(mixed, vi.fn());
    expect(synth.spoken).toHaveLength(1);
    synth.spoken[0]?.onend();
    expect(synth.spoken.map(({ text, lang }) => [text, lang])).toEqual([
      ["Next:", "en-GB"],
      ["Clam.", "de-DE"],
    ]);
  });

  test("leaves a language that it has no voice for to the captions", () => {
    const { synth, voice } = device();
    synth.voices = [{ lang: "fr-FR", localService: true, default: true }];
    expect(voice.can(mixed)).toBe(false);
    expect(voice.isMissing).toBe(true);
  });

  const turn = line("Rest.", "turn");
  /** It is asked, and does not begin. */
  function miss(voice: DeviceVoice): void {
    const done = vi.fn();
    voice.say(turn, done);
    vi.advanceTimersByTime(5100);
    expect(done).toHaveBeenCalledExactlyOnceWith(false);
  }

  test("that did not begin is asked again at the next turn, or when the page is seen again", () => {
    const { synth, voice } = device();
    miss(voice);
    expect([voice.can(mixed), voice.can(turn)]).toEqual([false, true]);
    expect([voice.isThere, voice.isMissing]).toEqual([false, false]);
    voice.say(turn, vi.fn());
    vi.advanceTimersByTime(100);
    synth.spoken.at(-1)?.onend();
    expect(voice.can(mixed)).toBe(true);
    miss(voice);
    voice.retry();
    expect(voice.can(mixed)).toBe(true);
  });

  test("that never begins is given up until it is tried by hand or there are other voices", () => {
    const { synth, voice } = device();
    for (let times = 0; times < 3; times += 1) miss(voice);
    voice.retry();
    expect([voice.can(turn), voice.isMissing]).toEqual([false, true]);
    voice.retry({ anew: true });
    expect(voice.can(mixed)).toBe(true);
    for (let times = 0; times < 3; times += 1) miss(voice);
    synth.dispatchEvent(new Event("voiceschanged"));
    expect(voice.can(mixed)).toBe(true);
  });

  test("that never tells its end is let go", () => {
    const { synth, voice } = device();
    const done = vi.fn();
    voice.say(mixed, done);
    synth.spoken[0]?.onstart();
    vi.advanceTimersByTime(20_000);
    expect(done).toHaveBeenCalledExactlyOnceWith(true);
    expect(synth.cancelled).toBe(1);
  });

  test("takes a breath after it was broken off", () => {
    const { synth, voice } = device();
    voice.say(mixed, vi.fn())();
    expect(synth.cancelled).toBe(1);
    voice.say(mixed, vi.fn());
    expect(synth.spoken).toHaveLength(1);
    vi.advanceTimersByTime(60);
    expect(synth.spoken).toHaveLength(2);
  });
});

/** The browser's audio: one source at a time, ended by the test. */
class Source {
  static started: Source[] = [];
  onended: () => void = () => undefined;
  connect = vi.fn();
  stop = vi.fn();
  start = () => void Source.started.push(this);
}

describe("recordings", () => {
  const recorded = line("Open the knee.", "move", { url: "/media/p/clam-move.0.mp3" });

  function studio(answer: () => Promise<Response>) {
    Source.started = [];
    vi.stubGlobal("AudioBufferSourceNode", Source);
    vi.stubGlobal("fetch", answer);
    const context = { state: "running", decodeAudioData: () => Promise.resolve({}) };
    const { synth, voice } = device();
    const recordings = new Recordings(() => context as unknown as AudioContext);
    const said: string[] = [];
    const speaker = new Speaker([recordings, voice, new Silence()], {
      begins: () => undefined,
      ends: (each) => said.push(textOf(each)),
    });
    return { synth, speaker, said };
  }

  test("win over the device's voice", async () => {
    const { synth, speaker, said } = studio(() => Promise.resolve(new Response("sound")));
    speaker.say([recorded]);
    await vi.advanceTimersByTimeAsync(10);
    expect(Source.started).toHaveLength(1);
    expect(said).toEqual([]);
    Source.started[0]?.onended();
    expect(said).toEqual(["Open the knee."]);
    expect(synth.spoken).toEqual([]);
  });

  test.each<[string, () => Promise<Response>]>([
    ["that are gone", () => Promise.resolve(new Response("", { status: 404 }))],
    ["that cannot be reached", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["that take too long", () => new Promise(() => undefined)],
  ])("%s leave their line to the voice", async (_name, answer) => {
    vi.spyOn(console, "warn").mockReturnValue(undefined);
    const { synth, speaker } = studio(answer);
    speaker.say([recorded]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(synth.spoken.map(({ text }) => text)).toEqual(["Open the knee."]);
    expect(Source.started).toEqual([]);
  });

  test("stop where something else breaks them off", async () => {
    const { speaker } = studio(() => Promise.resolve(new Response("sound")));
    speaker.say([recorded]);
    await vi.advanceTimersByTimeAsync(10);
    speaker.hush();
    expect(Source.started[0]?.stop).toHaveBeenCalledOnce();
  });
});
