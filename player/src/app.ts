// SPDX-License-Identifier: Apache-2.0
// The player as a whole: what is pressed goes to the conductor, what it shows goes everywhere else.

import { Announcer, sentence } from "./announce";
import { Asking, unanswered, type Ask } from "./asking";
import type { Act, Conductor } from "./conductor";
import type { Courier } from "./courier";
import { isDialog, type Command } from "./keyboard";
import type { MediaVerbs } from "./media";
import type { Moment } from "./moments";
import { isPlaying, standing, type Snapshot } from "./snapshot";
import type { Sounds } from "./sounds";
import type { Clip } from "./figure";
import type { Stage } from "./stage";
import type { Tabs } from "./tabs";
import * as transitions from "./transitions";
import { counting, testAct } from "./testing";
import { keyOf } from "./view/key";
import type { Dialog, Look, Verbs } from "./view/model";
import type { PlayerElement } from "./view/player-element";
import { Desk } from "./voice-desk";
import type { Hearing } from "./voice-settings";
import { WakeLock } from "./wake";
import type { Payload, Rating, RunEvent } from "./wire";
import { rate } from "./yielding";

/** How long the tab that played may take to hand over what it logged [ms]. */
const HAND_OVER_MS = 250;

export interface Parts {
  payload: Payload;
  conductor: Conductor;
  courier: Courier;
  tabs: Tabs;
  sounds: Sounds;
  element: PlayerElement;
}

export class App implements Verbs {
  readonly asking: Asking;
  readonly #parts: Parts;
  readonly #announcer: Announcer;
  readonly #desk: Desk;
  readonly #wake = new WakeLock();
  #stage: Stage<Clip> | null = null;
  #look: Look;
  #key = "";
  #dialog: Dialog | null = null;
  /** Where the run stood when the dialog opened. */
  #left = "";
  /** The slot whose stand-ins are on their way. */
  #prepared = "";
  /** The pain away from the knees whose questions were answered here. */
  #answered = "";
  /** What came with the last look. */
  #happened: readonly Moment[] = [];
  /** What the dialog holds up, and closing it lets go on. */
  #held: (() => void) | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#announcer = new Announcer((text) => {
      parts.element.announce(text);
    });
    const { element, payload, sounds } = parts;
    this.#desk = new Desk({
      payload,
      sounds,
      verbs: this.#buttons(),
      write: (caption) => {
        element.caption = caption;
      },
    });
    const sound = this.#heard();
    this.#look = { xray: false, ...sound, moves: false, waiting: false, unknown: false, ask: null };
    this.asking = new Asking({
      frame: parts.conductor.frame,
      state: () => parts.conductor.state,
      act: (act) => this.#do(act),
      show: (ask) => {
        this.#ask(ask);
      },
    });
    parts.conductor.watch((now, happened) => {
      this.#show(now, happened);
    });
  }

  set stage(stage: Stage<Clip>) {
    this.#stage = stage;
    stage.show(this.#now.shown);
  }

  /** Notes what is to be seen beside the run itself. */
  note(look: Partial<Look>): void {
    this.#look = { ...this.#look, ...look };
    this.#show(this.#now, []);
  }

  /** The page comes into sight or goes out of it. */
  seen(visible: boolean): void {
    const { conductor, courier } = this.#parts;
    if (!visible) {
      conductor.do(transitions.hide);
      void courier.farewell();
      return;
    }
    this.#desk.seen();
    conductor.look();
    void this.#wake.renew();
    void courier.flush();
  }

  /** The page goes, perhaps for good. */
  leave(): void {
    this.#desk.hush();
    this.seen(false);
  }

  run(command: Command): void {
    this.#desk.unlock();
    if (isDialog(command)) this.open(command);
    else this[command]();
  }

  start(): void {
    this.#desk.unlock();
    if (this.#asksFirst(transitions.start)) return;
    this.#do(transitions.start);
  }

  toggle(): void {
    this.#desk.unlock();
    const { kind, paused, notice } = this.#now;
    if (kind === "intro") this.start();
    else if (notice === "other-tab") this.takeOver();
    else if (testAct(this.#now)) this.enter();
    else if (!paused) this.#do(transitions.pause);
    else if (!this.#asksFirst(transitions.resume)) this.#do(transitions.resume);
  }

  /** Enter presses the big button of a test, and nothing else. */
  enter(): void {
    const act = testAct(this.#now);
    if (act) this.#do(act);
  }

  count(by: 1 | -1): void {
    this.#do(counting(by));
  }

  takeOver(): void {
    this.#parts.tabs.claim();
    setTimeout(() => {
      this.#do(transitions.resume);
    }, HAND_OVER_MS);
  }

  back(): void {
    this.#do(transitions.back);
  }

  next(): void {
    this.#do(transitions.next);
  }

  jump(slot: number): void {
    this.#do((frame, state, now) => transitions.jump(frame, state, now, slot));
    this.close();
  }

  again(): void {
    this.#do(transitions.again);
  }

  skip(): void {
    if (!isPlaying(this.#now.kind)) return;
    this.open("swap");
    this.asking.begin();
  }

  hurts(): void {
    this.skip();
    if (this.#dialog === "swap") this.asking.reason("hurts");
  }

  rest(): void {
    this.#do(transitions.addRest);
  }

  easier(): void {
    this.#changeRung(-1);
  }

  harder(): void {
    this.#changeRung(1);
  }

  slower(): void {
    const pace = this.#now.pace < 1 ? 1 : 0.5;
    this.#do((frame, state, now) => transitions.changePace(frame, state, now, pace));
  }

  finish(): void {
    this.#held = null;
    this.#do(transitions.endNow);
    this.close();
  }

  /** Whether one can follow the run by ear, so that it may go on unseen. */
  get isHeard(): boolean {
    return this.#desk.isHeard;
  }

  rate(rating: Rating): void {
    this.#do((frame, state, now) => rate(frame, state, now, rating));
    this.#parts.element.focusOn("#rated");
  }

  sound(): void {
    this.hear({ on: !this.#desk.hearing.on });
  }

  hear(change: Partial<Hearing>): void {
    this.#desk.change(change);
    this.note(this.#heard());
  }

  sample(): void {
    this.#desk.sample();
  }

  xray(): void {
    const xray = !this.#look.xray;
    if (this.#stage) this.#stage.xray = xray;
    this.note({ xray });
  }

  turn(degrees: number): void {
    this.#stage?.turn(degrees);
  }

  zoom(factor: number): void {
    this.#stage?.zoom(factor);
  }

  front(): void {
    this.#stage?.resetCamera();
  }

  open(dialog: Dialog): void {
    // Voices of a browser come late.
    if (dialog === "settings") this.note(this.#heard());
    const { kind, paused } = this.#now;
    // From one dialog to another the run stays held.
    if (this.#dialog === null && !paused && isPlaying(kind)) {
      this.#do(transitions.pause);
      this.#held = () => {
        // Where another tab or device took the run meanwhile, it is theirs until it is asked for.
        if (this.#now.notice === null) this.#do(transitions.resume);
      };
    }
    if (this.#dialog === null) this.#left = standing(this.#now);
    this.#dialog = dialog;
    this.#parts.element.opened = dialog;
  }

  close(): void {
    // Pain away from the knees waits for an answer: the run stands until it is taken up again.
    const stands = this.#look.ask?.step === "flags";
    const held = this.#held;
    this.#held = null;
    this.#dialog = null;
    this.#parts.element.opened = null;
    if (this.#look.ask) this.note({ ask: null });
    if (!stands) held?.();
    if (this.#now.kind === "end") this.#parts.element.focusOn("#end-title");
    // What came while the dialog stood over it was told to nobody.
    const isNew = this.#now.kind === "get-ready" && standing(this.#now) !== this.#left;
    if (isNew) this.#show(this.#now, ["get-ready"]);
    this.#left = standing(this.#now);
  }

  /** Asks what pain away from the knees left open, as after a reload, before `act` goes on. */
  #asksFirst(act: Act): boolean {
    const open = unanswered(this.#parts.conductor.events);
    if (!open || open.id === this.#answered) return false;
    this.open("swap");
    this.#held = () => {
      this.#do(act);
    };
    this.asking.recall(open);
    return true;
  }

  #ask(ask: Ask | null): void {
    if (!ask) {
      this.close();
      return;
    }
    if (ask.step === "clear") this.#answered = unanswered(this.#parts.conductor.events)?.id ?? "";
    this.note({ ask });
    this.#parts.element.focusOn("#dialog-title");
  }

  /** What the lock screen and headsets press: under a dialog it would act on what nobody sees. */
  #buttons(): MediaVerbs {
    const uncovered = (verb: () => void) => (): void => {
      if (this.#dialog === null) verb();
    };
    return {
      back: uncovered(() => {
        this.back();
      }),
      next: uncovered(() => {
        this.next();
      }),
      toggle: uncovered(() => {
        this.toggle();
      }),
    };
  }

  #heard(): Pick<Look, "sound" | "hearing" | "noVoice" | "mediaButtons"> {
    const { hearing, hasNoVoice, answersMedia } = this.#desk;
    return { sound: hearing.on, hearing, noVoice: hasNoVoice, mediaButtons: answersMedia };
  }

  get #now(): Snapshot {
    return this.#parts.conductor.seen;
  }

  #do(act: Act): readonly RunEvent[] {
    const before = this.#now.kind;
    const events = this.#parts.conductor.do(act);
    const { kind, paused } = this.#now;
    // After the act, so that the other tabs know what it logged before they add to it.
    const begins = before === "intro" && kind !== "intro";
    if (begins || (isPlaying(kind) && !paused)) this.#parts.tabs.claim();
    this.#moveFocus(before, kind);
    return events;
  }

  /** What may stand in for a movement is fetched when the run comes to it, not all up front. */
  #prepareOthers({ here, kind }: Snapshot): void {
    const wanted = `${here.slot.id} ${String(this.#look.moves)}`;
    if (!this.#look.moves || !isPlaying(kind) || wanted === this.#prepared) return;
    this.#prepared = wanted;
    void this.#stage?.prepare(here.slot.others.map(({ clip_url: url }) => url));
  }

  #lead({ test }: Snapshot, happened: readonly Moment[]): void {
    if (happened.includes("end")) this.#moveFocus("work", "end");
    // In a test the space bar must not press what a dialog was opened with.
    if (!test || !happened.includes("go") || this.#dialog !== null) return;
    this.#parts.element.focusOn("#toggle");
  }

  #changeRung(by: 1 | -1): void {
    const before = this.#now.here.rung;
    this.#do(this.#now.test ? counting(by) : (...now) => transitions.changeRung(...now, by));
    const { rung } = this.#now.here;
    // Where a count begins it is named there, and a device that speaks says it by itself.
    const isTold = this.#desk.speaksAloud || this.#happened.includes("get-ready");
    if (rung !== before && !isTold) this.#announcer.say(rung.name);
  }

  /** Where the pressed button is gone with its screen, the focus goes to what came instead. */
  #moveFocus(before: Snapshot["kind"], now: Snapshot["kind"]): void {
    if (before === now) return;
    if (now === "end") this.#parts.element.focusOn("#end-title");
    else if (before === "intro" || before === "end") this.#parts.element.focusOn("#toggle");
  }

  #show(now: Snapshot, happened: readonly Moment[]): void {
    const { element, payload, conductor } = this.#parts;
    const key = keyOf(now, this.#look);
    if (key !== this.#key) {
      this.#key = key;
      const begun = conductor.state.run.last_seq > 0;
      element.model = { now, look: this.#look, payload, verbs: this, begun };
      this.#stage?.show(now.shown);
      this.#prepareOthers(now);
      this.#wake.want(!now.paused && isPlaying(now.kind));
    }
    element.move(now, this.#stage);
    const isCovered = this.#dialog !== null;
    this.#desk.follow(now, happened, isCovered);
    this.#happened = happened;
    for (const moment of happened) {
      // A dialog that opens says so itself; the pause it brings would only talk over it. Where the
      // device speaks, a screen reader would only say the same at the same time.
      const text = isCovered || this.#desk.speaksAloud ? null : sentence(moment, now);
      if (text) this.#announcer.say(text);
    }
    this.#lead(now, happened);
  }
}
