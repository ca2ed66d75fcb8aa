# SPDX-License-Identifier: Apache-2.0
"""A thousand members follow Build for eight weeks, with pain, lies, flares, holidays and gaps.

Everybody's schedule is followed day by day. Every session of `WHOLE` members is planned by the knee
rules; of all others one session is, on a log of what they did before, because a plan takes some
20 ms. What may not be is asked of the movements themselves, and never of the planner. `make
simulate` prints the summary.
"""

import sys
from collections import Counter

from hipfirst.packs.slots import rungs_of
from hipfirst.packs.strain import ALWAYS_THERE
from hipfirst.packs.vocabulary import KNEELING
from hipfirst.planning.advice import referral
from hipfirst.planning.catalogue import FLARE_DAY
from hipfirst.planning.program import AHEAD_DAYS, Trained, steps_of
from planning.members import CATALOGUE, DAY, DAYS, LIMITS, PACK, SIDES, START, WEEKS, member

MEMBERS = 1000
WHOLE = 30
TOTAL = len(steps_of(WEEKS))
RISES = {
    1: "sides: a rung above all before",
    0: "sides: the hardest so far",
    -1: "sides: a rung below that",
}


def led_to(slot, slug):
    """What each side does when `slug` is chosen in the player."""
    rungs, at = slot.choice.rungs, slot.choice.at
    if slug not in rungs:
        return dict.fromkeys(at, slug)
    return {side: rungs[max(0, rungs.index(slug) - (slot.start - n))] for side, n in at.items()}


def keeps_the_rules(made, someone):
    """No movement that can be reached in the player asks what a knee may not do today."""
    request = made.request
    flaring = any(request.knee(side).now >= 7 for side in SIDES)
    assert (made.session.slug == FLARE_DAY) == flaring
    stopped = {
        (slug, each.knee)
        for each in request.felt
        if each.pain >= 5 and each.days_ago < 2
        for slug in (each.exercise, *CATALOGUE.harder[each.exercise])
    }
    for slot in made.slots:
        for slug in (*slot.choice.rungs, *slot.others):
            for side, led in led_to(slot, slug).items():
                one_movement(request, led, side, stopped)
    assert made.seconds <= 60 * made.asked.minutes[1] * 1.1 or flaring


def one_movement(request, slug, side, stopped):
    exercise, strain = CATALOGUE.exercises[slug], CATALOGUE.strains[slug]
    if request.kit is not None:
        assert set(exercise.kit) <= request.kit | ALWAYS_THERE
    if "kneeling" in request.avoid | request.hurts:
        assert exercise.position not in KNEELING
    for name in SIDES:
        knee, asked = strain.knee(name, side), request.knee(name)
        assert (slug, name) not in stopped
        if asked.now >= 5:
            assert knee.stance_bend_deg <= 25
            assert not knee.single_leg
            assert not knee.kneels
        elif asked.now >= 3 or asked.week >= 5:
            assert knee.stance_bend_deg <= 45
            assert not knee.kneels
        if request.hurts & {"stairs", "squatting"}:
            assert knee.stance_bend_deg <= 50


def follows_the_log(made, someone):
    """A side is above everything it did only after the hardest of it went well twice, or easily."""
    if made.session.slug == FLARE_DAY:
        return
    for slot in made.slots:
        rungs = rungs_of(slot.plan, CATALOGUE.exercises)
        for side in slot.choice.at:
            now = slot.choice.doing(side)
            done = [
                (rungs.index(each.exercise), each.went)
                for _, each in someone.worked
                if each.exercise in rungs
                and each.slot == slot.plan.id
                and ("both" in {each.side, side} or each.side == side)
            ]
            if not done or now not in rungs:
                continue
            hardest = max(rung for rung, _ in done)
            rise = rungs.index(now) - hardest
            someone.seen[RISES[(rise > 0) - (rise < 0)]] += 1
            went = Counter(how for rung, how in done if rung == hardest)
            earned = went["easy"] or went["well"] >= 2
            # Below the written movement there may be nothing that this person can do at all.
            alone = now == slot.plan.exercise and someone.request.kit is not None
            # What was done first on a sore day was a rung lower than what it goes on from.
            sore = any(max(told.before.values()) >= 3 for told in someone.told)
            back = rise == 1 and sore and rungs.index(now) <= rungs.index(slot.plan.exercise)
            assert rise <= 0 or (rise == 1 and earned) or alone or back


def sore_around(told, side, day):
    """Whether the knee was not calm before, during, an hour after or the morning after."""
    before, hour = told.before[side], told.hour[side]
    return (
        max(before, told.during[side]) >= 3
        or (hour is not None and hour >= 3 and hour > before)
        or raised(told, side, day)
    )


def raised(told, side, day):
    """Whether the morning after was told, and was worse."""
    morning = told.morning[side]
    if morning is None or day <= told.day:
        return False
    rise = morning - told.before[side]
    return rise >= 2 or (rise > 0 and morning >= 3)


def lower_by(someone, knee, day):
    """How many rungs lower what was told of the knee asks for, and by which kind of telling."""
    told = [each for each in someone.told if each.day < day and day - each.day <= 21]
    answered = [each for each in told if each.morning[knee] is not None]
    if told and raised(told[-1], knee, day):
        twice = len(answered) > 1 and raised(answered[-2], knee, day)
        return (2, "two mornings") if twice else (1, "a morning")
    weeks = [None] * 5
    for each in someone.told:
        if each.day < day:
            ago = (day - each.day - 1) // 7
            if ago < 5:
                weeks[ago] = max(weeks[ago] or 0, each.during[knee])
    while weeks and weeks[0] is None and len(weeks) == 5:
        weeks.pop(0)
    this, last, before = weeks[:3]
    whole = None not in {this, last, before}
    if whole and this > last > before and this - before >= 2 and this >= 3:
        return 1, "two weeks"
    if None not in {this, last} and this - last >= 2:
        return 1, "a week"
    return 0, ""


def answers_what_was_told(made, someone, day):
    """By what was told and done alone, on each side: a worse morning or week is a rung lower than
    what was done last, what hurt is not done again, and nothing rises on sore sessions.
    """
    if made.session.slug == FLARE_DAY:
        return
    around = {each.day: each for each in someone.told}
    for slot in made.slots:
        rungs = rungs_of(slot.plan, CATALOGUE.exercises)
        for side in slot.choice.at:
            if slot.choice.doing(side) not in rungs:
                continue
            now = rungs.index(slot.choice.doing(side))
            lowest = slot.choice.at[side] == 0
            done = [
                (on, rungs.index(each.exercise), each.went)
                for on, each in someone.worked
                if each.exercise in rungs
                and each.slot == slot.plan.id
                and ("both" in {each.side, side} or each.side == side)
            ]
            knees = SIDES if side == "both" else (side,)
            last = min((r for on, r, _ in done if on == done[-1][0]), default=None)
            by, kind = max(lower_by(someone, knee, day) for knee in knees)
            if by and last is not None:
                assert now <= last - by or lowest, (kind, now, last)
                someone.seen[f"lower than last for {kind}"] += 1
            if done:
                hurt = [r for on, r, went in done if on == done[-1][0] and went == "hurt"]
                assert not hurt or now < min(hurt) or lowest, (now, hurt)
                someone.seen["not done again where it hurt"] += bool(hurt)
                sore = {on for on in around if any(sore_around(around[on], k, day) for k in knees)}
                no_rise_on_sore(now, done, sore, rungs.index(slot.plan.exercise), someone)


def no_rise_on_sore(now, done, sore, start, someone):
    """Above everything done only after an easy session, or two good ones, on days without pain."""
    hardest = max(rung for _, rung, _ in done)
    if now <= hardest or someone.request.kit is not None:
        return
    calm = [went for on, rung, went in done if rung == hardest and on not in sore]
    # What was done first on a sore day was a rung lower than what it goes on from.
    back = now <= start and any(max(told.before.values()) >= 3 for told in someone.told)
    good = sum(went in {"well", "easy"} for went in calm)
    assert "easy" in calm or good >= 2 or back, (now, hardest, done)
    someone.seen["rises earned on calm days"] += 1


def no_harder_after_pain(made, someone, day):
    """What a knee works in is a rung below what was done last after a session that was red for it,
    and no harder than ever after an amber one, whichever session it was and whichever comes now.
    """
    told = [each for each in someone.told if each.day < day]
    if made.session.slug == FLARE_DAY or not told or day - told[-1].day > 21:
        return
    other = told[-1].session != made.session.slug
    for slot in made.slots:
        rungs = rungs_of(slot.plan, CATALOGUE.exercises)
        for side in slot.choice.at:
            pain = max(told[-1].during[knee] for knee in SIDES if side in {"both", knee})
            if pain < 3 or slot.choice.doing(side) not in rungs or slot.choice.at[side] == 0:
                continue
            now = rungs.index(slot.choice.doing(side))
            done = [
                rungs.index(each.exercise)
                for _, each in someone.worked
                if each.exercise in rungs
                and each.slot == slot.plan.id
                and ("both" in {each.side, side} or each.side == side)
            ] or [rungs.index(slot.plan.exercise)]
            assert now < done[-1] if pain >= 5 else now <= max(done), (pain, now, done)
            zone = "a red" if pain >= 5 else "an amber"
            someone.seen[
                f"no harder after {zone} session, {'another' if other else 'its own'}"
            ] += 1


def refers(made, someone, day):
    """Two rising weeks lead to a professional, in words."""
    kinds = {lower_by(someone, knee, day) for knee in SIDES}
    said = " ".join(change.because.said() for change in made.changes)
    if made.session.slug != FLARE_DAY and "two weeks" in {kind for _, kind in kinds}:
        someone.seen["two rising weeks"] += 1
        assert referral(made.request, LIMITS)
        someone.seen["two rising weeks: words in the plan"] += "physiotherapist" in said


def loses_no_day(plan, someone, day):
    """The schedule accounts for every step: it is done, or it is planned, in order and once."""
    coming = [
        each.step.number for each in (*plan.days, *plan.ahead) if each.state in {"today", "planned"}
    ]
    assert coming == sorted(set(coming))
    assert plan.finished == (plan.next is None) == (plan.done == TOTAL)
    free = sum(
        1 for n in range(1, AHEAD_DAYS + 1) if someone.course().trains(START + (day + n) * DAY)
    )
    assert len(coming) == TOTAL - plan.done or free < TOTAL
    assert not plan.finished or not coming
    for each in plan.days:
        assert bool(each.sessions) == any(t.on == each.on for t in someone.trained)


def lives(someone, whole, seen):
    """Eight weeks of one member."""
    once = someone.dice.randrange(10)
    for day in range(DAYS):
        if day % 7 and not someone.course().trains(START + day * DAY):
            continue
        someone.flare_until = day + 4 if someone.dice.random() < 0.02 else someone.flare_until
        now = someone.schedule(day)
        loses_no_day(now, someone, day)
        if now.next is None or someone.dice.random() > someone.adherence:
            seen["days without a session"] += 1
            continue
        if not whole and len(someone.trained) != once:
            someone.plays_unplanned(PACK.sessions[now.next.session], day)
            continue
        made = someone.plans(now.next, day)
        seen["sessions planned"] += 1
        if made is None:
            someone.rests(day)
            continue
        keeps_the_rules(made, someone)
        follows_the_log(made, someone)
        answers_what_was_told(made, someone, day)
        no_harder_after_pain(made, someone, day)
        refers(made, someone, day)
        seen.update(change.rule for change in made.changes)
        someone.plays(made, day)
        if made.session.slug != FLARE_DAY:
            assert someone.schedule(day).done > now.done


def goes_on(someone, whole):
    """Whoever trains from here on, with calmer knees, comes to the end: of `whole` members each
    session is planned, and one of which nothing can be done is passed over.
    """
    someone.base = {side: min(2, pain) for side, pain in someone.base.items()}
    someone.trend = dict.fromkeys(SIDES, 0)
    for day in range(DAYS, DAYS + 4 * TOTAL):
        turn = someone.schedule(day).next
        if turn is None:
            someone.seen["came to the end"] += 1
            return
        made = someone.plans(turn, day) if whole else None
        if made:
            keeps_the_rules(made, someone)
            answers_what_was_told(made, someone, day)
            no_harder_after_pain(made, someone, day)
            someone.plays(made, day)
        elif whole:
            someone.closed.add(turn.session)
        else:
            someone.trained.append(Trained(turn.session, START + day * DAY))
    raise AssertionError("stuck")


def test_a_thousand_members_follow_build():
    seen, done, streaks = Counter(), Counter(), Counter()
    for number in range(MEMBERS):
        someone = member(number)
        lives(someone, number < WHOLE, seen)
        stood = someone.schedule(DAYS)
        done[stood.done * 4 // TOTAL] += 1
        streaks[min(stood.streak_weeks, 8)] += 1
        goes_on(someone, number < WHOLE)
        seen.update(someone.seen)
    print_summary(seen, done, streaks)
    assert seen["sessions planned"] > MEMBERS
    for rule in ("progress-up", "progress-down", "morning-rung", "week-rung", "after-break"):
        assert seen[rule]
    for kind in ("a morning", "two mornings", "a week", "two weeks"):
        assert seen[f"lower than last for {kind}"]
    assert seen["not done again where it hurt"]
    assert seen["rises earned on calm days"]
    for zone in ("a red", "an amber"):
        assert seen[f"no harder after {zone} session, another"]
    assert seen["two rising weeks: words in the plan"]
    assert seen["came to the end"] == MEMBERS


def print_summary(seen, done, streaks):
    quarters = ("less than a quarter", "a quarter", "half", "three quarters", "all of it")
    lines = [f"{MEMBERS} members, {DAYS // 7} weeks of Build: no rule broken, nobody stuck."]
    lines += [f"  {WHOLE} with every session planned, the others with one."]
    lines += [f"  done: {name:28}{done[n]:7}" for n, name in enumerate(quarters)]
    lines += [f"  weeks in a row: {n:<18}{count:7}" for n, count in sorted(streaks.items())]
    counts = sorted(seen.items(), key=lambda each: -each[1])
    lines += [f"  {name:34}{count:7}" for name, count in counts]
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
