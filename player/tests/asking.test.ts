// SPDX-License-Identifier: Apache-2.0

import { describe, expect, test } from "vitest";
import { Asking, type Ask } from "../src/asking";
import { shared } from "../src/muscles";
import { nextTime, worstPain } from "../src/outlook";
import { suits } from "../src/suits";
import * as go from "../src/transitions";
import { asking as drawnAsking } from "../src/view/asking";
import { end } from "../src/view/end";
import { intro } from "../src/view/intro";
import { panel } from "../src/view/panel";
import { ratingOf } from "../src/view/rating";
import type { Rating, Rung, RunEvent, Slot } from "../src/wire";
import { changed, Drive, hurt, jumpTo, leave, payload, swap } from "./drive";
import { text } from "./markup";
import { model, working } from "./model";

/** A drive that is asked: what was shown last, and what was logged while it was. */
class Talk {
  readonly drive: Drive;
  readonly asking: Asking;
  ask: Ask | null = null;

  constructor(drive: Drive) {
    this.drive = drive;
    this.asking = new Asking({
      frame: drive.frame,
      state: () => drive.state,
      act: (act): RunEvent[] => {
        const count = drive.events.length;
        drive.do(act);
        return drive.events.slice(count);
      },
      show: (ask) => {
        this.ask = ask;
      },
    });
    this.asking.begin();
  }

  /** Title and content as read. */
  get said(): string {
    return drawnAsking(model(this.drive, this.asking, this.ask))
      .map(text)
      .join(" | ");
  }
}

describe("the conversation", () => {
  test("asks for a reason, and answers one with what stands ready and trains the same", () => {
    const talk = new Talk(working(0));
    for (const reason of ["It hurts", "Too hard", "Too easy", "No space", "Not today"]) {
      expect(talk.said).toContain(reason);
    }
    talk.asking.reason("no-space");
    expect(talk.said).toContain("This stands ready");
    expect(talk.said).toContain("Open the gate");
    expect(talk.said).toContain(
      "Standing. Trains the same: Gluteus medius, Piriformis, Deep hip rotators.",
    );
    expect(talk.drive.state.run.slots[0]!.rung).toBe(0);
    talk.asking.take();
    expect(talk.ask).toBeNull();
    expect(talk.drive.events.at(-1)).toMatchObject({ type: "swapped", reason: "no-space" });
    expect(text(panel(model(talk.drive)))).toContain("Instead of Clam");
  });

  test.each<[Rung["kit"], boolean]>([
    [[], false],
    [["mat", "wall"], false],
    [["mat", "mini-band"], true],
    [["cushion"], true],
  ])("offers that there is no kit for a movement with %j: %s", (kit, isOffered) => {
    const plan = changed(({ slots }) => (slots[0]!.rungs[0]!.kit = kit));
    expect(new Talk(working(0, plan)).said.includes("No kit")).toBe(isOffered);
  });

  test.each([
    [2, 3, "At 2 we do less."],
    [3, 5, "At 3 or 4 we do less."],
    [2, 6, "From 2 to 5 we do less."],
  ])("says from %i up to below %i what asks for less: %s", (ease, stop, said) => {
    const plan = changed((each) => (each.hurts = { step_down_from: ease, stop_from: stop }));
    const talk = new Talk(working(2, plan));
    talk.asking.hurt("right", ease);
    expect(talk.said).toContain(said);
  });

  test("tells once what becomes of a movement that comes again and again", () => {
    const plan = changed(({ slots }) => {
      const again = (id: string): Slot => ({ ...structuredClone(slots[2]!), id });
      slots.splice(0, 2, again("first"), again("second"));
    });
    const talk = new Talk(working(0, plan));
    talk.asking.hurt("left", 5);
    expect(talk.drive.kinds().filter((kind) => kind === "swapped")).toHaveLength(3);
    expect(talk.said.match(/Bridge march becomes Bridge/g)).toHaveLength(1);
  });

  test("below 3 offers easier in a rest, too, and on the lowest rung has none", () => {
    const drive = new Drive().do(go.start).do(jumpTo(2)).until("rest");
    const talk = new Talk(drive);
    talk.asking.hurt("left", 1);
    expect(talk.said).toContain("Easier");
    talk.asking.ease();
    const lowest = new Talk(drive);
    lowest.asking.hurt("left", 1);
    expect(lowest.said).not.toContain("Easier");
  });

  test("where nothing stands ready goes on or stays", () => {
    const talk = new Talk(working(0));
    talk.asking.reason("too-hard");
    expect(talk.said).toContain("Nothing that fits stands in for it here.");
    talk.asking.pass();
    expect(talk.drive.events.find(({ type }) => type === "skipped")).toMatchObject({
      reason: "too-hard",
    });
    expect(talk.drive.state.at.slot).toBe(1);
  });

  test("brings the planned movement back where another one stands in", () => {
    const talk = new Talk(working(0).do(swap("no-space")));
    expect(talk.said).toContain("Back to Clam");
    talk.asking.planned();
    expect(talk.drive.state.run.slots[0]!.rung).toBe(0);
  });

  test("tells at once what 5 or more has changed, here and later", () => {
    const plan = changed(({ slots }) => {
      slots[1] = { ...structuredClone(slots[2]!), id: "bridge-again" };
    });
    const talk = new Talk(working(1, plan));
    talk.asking.reason("hurts");
    expect(talk.said).toContain("Where does it hurt?");
    talk.asking.where("left");
    expect(talk.said).toContain("How much does the left knee hurt?");
    talk.asking.hurt("left", 5);
    expect(talk.ask).toMatchObject({ step: "felt", felt: { rule: "rest", goesOn: true } });
    expect(talk.said).toContain("At 5 or more out of 10 a movement and all that is harder rest");
    expect(talk.said).toContain("Reverse clam");
    expect(talk.said).toContain("Bridge march becomes Bridge");
    const count = talk.drive.events.length;
    talk.asking.stay();
    expect(talk.drive.events).toHaveLength(count);
  });

  test("of 3 or 4 goes easier, or says that there is no easier form", () => {
    const talk = new Talk(working(2));
    talk.asking.hurt("right", 3);
    expect(talk.said).toContain("We go easier");
    expect(talk.said).toContain("At 3 or 4 we do less.");
    const bare = changed(({ slots }) => (slots[0]!.substitutes = {}));
    const last = new Talk(working(0, bare));
    last.asking.hurt("right", 4);
    expect(last.said).toContain("There is no easier form of this one");
    expect(last.said).toContain("Go on gently");
  });

  test("below that leaves the choice: as it is, easier, another one, the next one", () => {
    const talk = new Talk(working(2));
    talk.asking.hurt("left", 2);
    const choices = ["Go on as it is", "Easier", "Swap to Reverse clam", "Go on to the next one"];
    for (const choice of choices) expect(talk.said).toContain(choice);
    talk.asking.ease();
    expect(talk.drive.state.run.slots[2]!.rung).toBe(0);
  });

  test("after the last set there is nothing to swap, and going on is all", () => {
    const drive = new Drive().do(go.start).do(jumpTo(1)).until("rest").until("work").until("rest");
    const talk = new Talk(drive);
    expect(talk.said).toContain("Next comes: Bridge march");
    talk.asking.hurt("left", 4);
    expect(talk.ask).toMatchObject({ felt: { goesOn: false, to: null } });
    expect(talk.said).toContain("Go on");
    expect(talk.said).not.toContain("Go on to the next one");
  });

  test("elsewhere asks the red flags: one that is true ends the session with advice", () => {
    const talk = new Talk(working(0));
    talk.asking.where("elsewhere");
    const [calf, chest] = payload().red_flags;
    expect(talk.said).toContain(calf!.question);
    expect(talk.said).toContain(chest!.question);
    if (talk.ask?.step !== "flags") throw new Error("no flags asked");
    talk.asking.flag(chest!, talk.ask.felt);
    for (const part of [chest!.may_mean, chest!.how_soon, chest!.go_to, chest!.say]) {
      expect(talk.said).toContain(part);
    }
    expect(talk.drive.state.phase.kind).toBe("end");
    expect(talk.drive.state.run.slots[0]!.bouts[0]!.reps).toBe(2);
  });

  test("elsewhere, with no flag true, leaves that movement and goes on or ends", () => {
    const talk = new Talk(working(0));
    talk.asking.where("elsewhere");
    if (talk.ask?.step !== "flags") throw new Error("no flags asked");
    talk.asking.flag(null, talk.ask.felt);
    expect(talk.said).toContain("Clam is left out for today.");
    talk.asking.stay();
    expect(talk.drive.state).toMatchObject({ at: { slot: 1 } });
    expect(talk.drive.state.phase.kind).not.toBe("end");
  });
});

const rating = (change: Partial<Rating>): Rating => ({
  pain_left: null,
  pain_right: null,
  effort: null,
  note: "",
  ...change,
});

describe("where the run moved on while it was asked", () => {
  test("pain stays with the movement it was told of", () => {
    const talk = new Talk(working(0));
    talk.drive.do(go.next);
    const count = talk.drive.events.length;
    talk.asking.hurt("left", 6);
    expect(talk.drive.events.slice(count)).toMatchObject([
      { type: "hurt", slot: "clam", rung: 0 },
      { type: "swapped", slot: "clam", reason: "hurts" },
    ]);
    expect(talk.ask).toMatchObject({ felt: { from: { exercise: "clam" }, goesOn: false } });
    expect(talk.drive.state.at.slot).toBe(1);
  });

  test("less of it makes that exercise easier, not the one at hand", () => {
    const talk = new Talk(working(2));
    talk.drive.do(jumpTo(0));
    talk.asking.hurt("right", 3);
    expect(talk.drive.state.run.slots.map(({ rung }) => rung)).toEqual([0, 0, 0]);
    expect(talk.drive.state.run.hurts[0]).toMatchObject({ slot: "bridge", rung: 1 });
  });

  test("a swap, a skip and an easier rung are for the movement they were asked for", () => {
    const talk = new Talk(working(0));
    talk.drive.do(go.next);
    const count = talk.drive.events.length;
    talk.asking.reason("no-space");
    talk.asking.take();
    talk.asking.pass();
    talk.asking.ease();
    expect(talk.drive.events.slice(count)).toMatchObject([
      { type: "swapped", slot: "clam" },
      { type: "skipped", slot: "clam" },
    ]);
    expect(talk.drive.state.at.slot).toBe(1);
  });
});

test("a number told at the end can be taken back", () => {
  const form = new FormData();
  for (const [name, value] of [
    ["left", ""],
    ["right", "0"],
    ["note", ""],
  ] as const) {
    form.set(name, value);
  }
  expect(ratingOf(form)).toEqual(rating({ pain_right: 0 }));
  const drive = working(0).do(hurt("left", 4)).do(go.endNow);
  expect(text(end(model(drive))).match(/Not told/g)).toHaveLength(3);
});

describe("next time", () => {
  const rows = payload().timeline.outlook;

  test.each<[Partial<Rating>, string | undefined]>([
    [{ pain_left: 0, pain_right: 5, effort: 2 }, "last-red"],
    [{ pain_left: 3, pain_right: 1, effort: 9 }, "last-amber"],
    [{ pain_left: 4 }, "last-amber"],
    [{ pain_left: 2, pain_right: 2, effort: 7 }, "last-steady"],
    [{ pain_left: 0, effort: 3 }, "last-easy"],
    [{ pain_right: 1 }, "last-steady"],
    [{ effort: 3 }, "last-steady"],
    [{}, "last-steady"],
  ])("after %j goes by the row %s", (told, rule) => {
    expect(nextTime(rows, rating(told))?.rule).toBe(rule);
  });

  test.each<[Partial<Rating>, string]>([
    [{ pain_left: 5, pain_right: 2 }, "Left knee, 5: Next time"],
    [{ pain_left: 0, pain_right: 3 }, "Right knee, 3: Next time"],
    [{ pain_right: 6 }, "Right knee, 6: Next time"],
    [{ pain_left: 4, pain_right: 4 }, "Both knees, 4: Next time"],
    [{ pain_left: 2, pain_right: 1, effort: 7 }, "What follows: Next time"],
    [{}, "What follows: Next time"],
  ])("after %j begins with the knee it is about: %s", (told, begins) => {
    const drive = working(2).do(go.endNow);
    drive.state = { ...drive.state, run: { ...drive.state.run, rating: rating(told) } };
    expect(text(end(model(drive)))).toContain(begins);
  });

  test.each<[Partial<Rating>, string]>([
    [{ pain_left: 0, pain_right: 1, effort: 2 }, "Right knee, 6: Next time"],
    [{ pain_left: 0, effort: 2 }, "Right knee, 6: Next time"],
    [{ effort: 2 }, "Right knee, 6: Next time"],
    [{ pain_right: 8, effort: 2 }, "Right knee, 8: Next time"],
    [{ pain_left: 6, effort: 2 }, "Both knees, 6: Next time"],
  ])(
    "after a right knee at 6 on the way, and %j at the end, goes by the worst: %s",
    (told, says) => {
      const drive = working(0).do(hurt("right", 6)).do(hurt("right", 3)).do(hurt("elsewhere", 9));
      drive.do(go.endNow);
      drive.state = { ...drive.state, run: { ...drive.state.run, rating: rating(told) } };
      const shown = text(end(model(drive)));
      expect(shown).toContain(says);
      expect(shown).not.toContain("rung up");
    },
  );

  test("of what nobody did only pain is told", () => {
    const calm = new Drive([]).do(go.start).do(go.endNow);
    const rated = (told: Partial<Rating>): string => {
      const run = { ...calm.state.run, rating: rating(told) };
      calm.state = { ...calm.state, run };
      return text(end(model(calm)));
    };
    expect(rated({ pain_left: 0, pain_right: 0, effort: 3 })).not.toContain("What follows:");
    expect(rated({})).toContain("The next session is planned from what you told.");
    expect(rated({ pain_left: 6 })).toContain("Left knee, 6: Next time, one rung down");
  });

  test("is not told where no row fits", () => {
    expect(nextTime(rows.slice(0, 3), rating({ effort: 2 }))).toBeNull();
    expect(nextTime([], rating({ pain_left: 0, effort: 0 }))).toBeNull();
  });

  test("is told at the end, by its rule, once the session is rated", () => {
    const drive = working(2).do(hurt("left", 4)).do(go.endNow);
    expect(worstPain(drive.state.run.hurts, "left")).toBe(4);
    expect(worstPain(drive.state.run.hurts, "right")).toBeNull();
    expect(text(end(model(drive)))).not.toContain("What follows:");
    const state = { ...drive.state.run, rating: rating({ pain_left: 4, effort: 3 }) };
    drive.state = { ...drive.state, run: state };
    expect(text(end(model(drive)))).toContain(
      "What follows: Left knee, 4: Next time, nothing this knee works",
    );
  });
});

test("what stands in says what makes it do: no kit, another position, or nothing", () => {
  const [slot, press] = payload().timeline.slots;
  const [[clam], [gate]] = [slot!.rungs, slot!.others];
  expect(suits("no-kit", clam!, gate!)).toBe("Needs: Wall.");
  expect(suits("no-kit", clam!, press!.rungs[0]!)).toBe("Needs nothing but the floor.");
  expect(suits("no-space", clam!, gate!)).toBe("Standing.");
  expect(suits("too-easy", clam!, gate!)).toBe("");
  expect(suits("hurts", clam!, slot!.rungs[1]!)).toBe("");
});

test("muscles in common are named with those that matter most first", () => {
  const [clam] = payload().timeline.slots[0]!.rungs;
  const [gate] = payload().timeline.slots[0]!.others;
  expect(shared(clam!, gate!)).toEqual(["gluteus-medius", "piriformis", "deep-rotators"]);
});

test("the page that opens says what is different today, and why", () => {
  const plan = changed((each) => (each.instead_of = "Strong Hips"));
  const said = text(intro(model(new Drive([], plan))));
  expect(said).toContain("Today in place of Strong Hips .");
  expect(said).toContain("Bridge march instead of Bridge");
  expect(said).toContain("1 change for today Both knees were quiet lately");
  const plain = changed((each) => (each.changes = []));
  expect(text(intro(model(new Drive([], plain))))).not.toContain("for today");
});

test("what was left is told without a word of failure", () => {
  const drive = working(0).do(leave("no-kit")).do(hurt("left", 9)).do(go.endNow);
  const said = text(end(model(drive)));
  expect(said).toContain("Left for another time");
  expect(said).not.toMatch(/fail|miss|only|incomplete|gave up|skipped/i);
});
