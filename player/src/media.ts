// SPDX-License-Identifier: Apache-2.0
// Buttons of the lock screen and of headsets: next is forward, previous is back.

import type { Snapshot } from "./snapshot";
import { sideAndSet } from "./words";
import quiet from "./media-quiet.mp3?url";

export interface MediaVerbs {
  back(): void;
  next(): void;
  toggle(): void;
}

/** How the page's sound stands beside that of other apps; few browsers let it be asked. */
interface AudioSession {
  type: string;
}

function audioSession(): AudioSession | undefined {
  return (navigator as { audioSession?: AudioSession }).audioSession;
}

/** Whether the browser can be asked to leave other apps their music. */
export function canMix(): boolean {
  return audioSession() !== undefined;
}

/**
 * Asks for sound that plays on top of music; `alone` asks for the sound of a player of its own,
 * which lasts through a locked screen and stops the music.
 */
export function askToMix(alone: boolean): void {
  const session = audioSession();
  if (session) session.type = alone ? "playback" : "transient";
}

export function hasMediaButtons(): boolean {
  return "mediaSession" in navigator && typeof Audio !== "undefined";
}

export class MediaButtons {
  readonly #verbs: MediaVerbs;
  readonly #album: string;
  /** Browsers give the buttons only to a page that plays something: a file without a sound. */
  #player: HTMLAudioElement | null = null;
  #isPaused = false;
  #told = "";

  constructor(verbs: MediaVerbs, album: string) {
    this.#verbs = verbs;
    this.#album = album;
  }

  /** Shows what is played and answers the buttons, or lets go of them. */
  follow(now: Snapshot, on: boolean): void {
    const isPlaying = now.kind !== "intro" && now.kind !== "end";
    if (!on || !isPlaying || !hasMediaButtons()) {
      this.release();
      return;
    }
    this.#isPaused = now.paused;
    this.#hold(now.paused);
    this.#tell(now);
  }

  release(): void {
    if (!this.#player) return;
    this.#player.pause();
    this.#player = null;
    this.#told = "";
    const { mediaSession } = navigator;
    for (const action of ACTIONS) mediaSession.setActionHandler(action, null);
    mediaSession.metadata = null;
    mediaSession.playbackState = "none";
  }

  #hold(paused: boolean): void {
    const isNew = this.#player === null;
    this.#player ??= quietPlayer();
    if (isNew) this.#answer();
    const { mediaSession } = navigator;
    const state = paused ? "paused" : "playing";
    if (mediaSession.playbackState === state) return;
    mediaSession.playbackState = state;
    // What the system stops by itself, for music or a call, is no pause of the run.
    if (paused) this.#player.pause();
    else this.#player.play().catch(noButtons);
  }

  #answer(): void {
    const { mediaSession } = navigator;
    const verbs = this.#verbs;
    const toggleIf = (paused: boolean) => () => {
      if (this.#isPaused === paused) verbs.toggle();
    };
    mediaSession.setActionHandler("nexttrack", () => {
      verbs.next();
    });
    mediaSession.setActionHandler("previoustrack", () => {
      verbs.back();
    });
    mediaSession.setActionHandler("play", toggleIf(true));
    mediaSession.setActionHandler("pause", toggleIf(false));
  }

  #tell({ shown }: Snapshot): void {
    const artist = sideAndSet(shown);
    const told = `${shown.rung.exercise} ${artist}`;
    if (told === this.#told) return;
    this.#told = told;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: shown.rung.name,
      artist,
      album: this.#album,
      artwork: [{ src: shown.rung.still_url }],
    });
  }
}

const ACTIONS = ["nexttrack", "previoustrack", "play", "pause"] as const;

function quietPlayer(): HTMLAudioElement {
  const player = new Audio(quiet);
  player.loop = true;
  return player;
}

function noButtons(error: unknown): void {
  console.warn("No buttons on the lock screen until the next gesture.", error);
}
