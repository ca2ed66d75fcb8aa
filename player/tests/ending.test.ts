// SPDX-License-Identifier: Apache-2.0
// What is told of why a movement stands there, and what the end leaves to read.

import { describe, expect, test } from "vitest";
import * as go from "../src/transitions";
import { dialog } from "../src/view/dialogs";
import { end } from "../src/view/end";
import { topBar } from "../src/view/frame";
import { panel } from "../src/view/panel";
import { flag } from "../src/yielding";
import { changed, Drive, hurt, jumpTo, payload, swap } from "./drive";
import { drawn, text } from "./markup";
import { model, working } from "./model";

describe("why it is this movement", () => {
  const why = (drive: Drive): string =>
    /class="because">(.*?)<\/p>/s.exec(drawn(panel(model(drive))))?.[1]?.replace(/<[^>]*>/g, "") ??
    "";

  test("is the newest pain in it, not what the plan had to say", () => {
    const drive = working(2);
    expect(why(drive)).toContain("Both knees were quiet lately");
    drive.do(hurt("left", 5));
    expect(why(drive)).toBe("Left knee: 5 in Bridge march");
    drive.until("work").do(hurt("right", 7));
    expect(why(drive)).toBe("Right knee: 7 in Reverse clam");
  });

  test("is the pain that took an easier rung, as long as it is easier", () => {
    const drive = working(2).do(hurt("right", 3));
    expect(why(drive)).toBe("Right knee: 3 in Bridge march");
    drive.do((...now) => go.changeRung(...now, 1));
    expect(why(drive)).not.toContain("Right knee");
  });

  test("is pain in another exercise, where that took this movement out", () => {
    const plan = changed(({ slots }) => {
      slots[1] = { ...structuredClone(slots[2]!), id: "bridge-again" };
    });
    const drive = working(1, plan).do(hurt("left", 6)).do(jumpTo(2));
    expect(why(drive)).toBe("Left knee: 6 in Bridge march");
  });

  test("is no pain where the person wanted another movement, or another one hurt", () => {
    const drive = working(0).do(hurt("left", 1)).do(swap("no-space"));
    expect(why(drive)).toBe("Instead of Clam");
    expect(why(drive.do(hurt("left", 2)))).toBe("Instead of Clam");
    expect(why(working(0).do(hurt("left", 6)).do(jumpTo(2)))).toContain("Both knees were quiet");
  });

  test("away from the knees has no number", () => {
    const drive = working(0).do(hurt("elsewhere", null)).do(jumpTo(0));
    expect(why(drive)).toBe("Pain away from the knees in Clam");
  });
});

describe("a sign that somebody should look at", () => {
  const flagged = (): Drive => {
    const [, chest] = payload().red_flags;
    return working(0).do((...now) => flag(...now, chest!.slug));
  };

  test.each([
    ["at once", (drive: Drive) => drive],
    ["after a reload", (drive: Drive) => new Drive(drive.events)],
  ])("leaves nothing but its advice and the ways on, %s", (_, shown) => {
    const said = text(end(model(shown(flagged()))));
    const [calf, chest] = payload().red_flags;
    for (const part of [chest!.how_soon, chest!.go_to, chest!.may_mean, chest!.say]) {
      expect(said).toContain(part);
    }
    expect(said).not.toContain(calf!.may_mean);
    expect(said).toContain("Answer anew");
    expect(said).toContain("All sessions and movements");
    expect(said).not.toMatch(/How was it|Do it now|Enough for today|time well spent|Back to/);
    expect(drawn(topBar(model(shown(flagged()))))).not.toContain("All exercises");
  });

  test("lets no way lead back into the session", () => {
    const drive = flagged().do(go.back).do(jumpTo(1)).do(go.next);
    expect(drive.state.phase.kind).toBe("end");
    expect(drive.events.at(-1)?.type).toBe("finished");
  });

  test("named on another device ends the session here", () => {
    const device = "bbbbbbbb-0000-4000-8000-000000000002";
    const theirs = flagged()
      .events.filter(({ type }) => type === "flagged")
      .map((each) => ({ ...each, device, id: device, seq: 40 }));
    const here = working(0);
    here.do((f, s, now) => go.absorb(f, s, now, [...here.events, ...theirs]));
    expect(here.state.phase.kind).toBe("end");
  });
});

describe("the end", () => {
  test("after nothing but skips says that it is enough for today", () => {
    const drive = new Drive().do(go.start).do(go.endNow);
    const said = text(end(model(drive)));
    expect(said).toContain("Enough for today.");
    expect(said).not.toContain("Nothing done");
  });

  test("names what rests as resting, even where another movement would come, with no way there", () => {
    const drive = working(0).do(hurt("elsewhere", null)).do(go.endNow);
    const said = text(end(model(drive)));
    expect(drive.state.run.slots[0]).toMatchObject({ rung: 0, skipped: true });
    expect(said).toMatch(/Clam Rests today/);
    expect(said).not.toContain("Do it now : Clam");
    expect(said).toContain("Do it now : Bridge march");
    const outline = text(dialog(model(drive), "outline"));
    expect(outline).toContain("Prone lift, turned out");
    expect(outline).not.toContain("Clam ");
  });

  test("names what its button opens, where a side comes easier", () => {
    const plan = changed(({ slots }) => {
      slots[0]!.start_rung = 1;
      for (const bout of slots[0]!.bouts) bout.easier_by = 1;
    });
    const said = text(end(model(new Drive([], plan).do(go.start).do(go.endNow))));
    expect(said).toContain("Do it now : Clam ");
    expect(said).not.toContain("Do it now : Clam with feet lifted");
  });
});
