// SPDX-License-Identifier: Apache-2.0
// Elapsed time from timestamps, never from ticks: late, missing or slow ticks change nothing.

export interface Clock {
  /** Time counted up to `since`, at the pace of the time [ms]. */
  readonly spent: number;
  /** Time that really passed up to `since` while the clock ran [ms]. */
  readonly real: number;
  /** Timestamp from which it runs [ms], or null while it stands. */
  readonly since: number | null;
  /** Counted time per real time; 0.5 is half as fast. */
  readonly pace: number;
}

export function standing(spent = 0, real = spent, pace = 1): Clock {
  return { spent, real, since: null, pace };
}

/** The clock running from `now`; a running clock stays as it is. */
export function run(clock: Clock, now: number): Clock {
  return clock.since === null ? { ...clock, since: now } : clock;
}

/** The clock standing at what it shows at `now`. */
export function stop(clock: Clock, now: number): Clock {
  return { ...clock, spent: spent(clock, now), real: real(clock, now), since: null };
}

/** The clock going on at another pace from `now`. */
export function paced(clock: Clock, pace: number, now: number): Clock {
  const stopped = { ...stop(clock, now), pace };
  return clock.since === null ? stopped : run(stopped, now);
}

/** Counted time at `now` [ms]. */
export function spent(clock: Clock, now: number): number {
  return clock.spent + passed(clock, now) * clock.pace;
}

/** Real running time at `now` [ms]. */
export function real(clock: Clock, now: number): number {
  return clock.real + passed(clock, now);
}

/** Timestamp at which the running clock shows `target` [ms]; Infinity while it stands. */
export function reaches(clock: Clock, target: number): number {
  if (clock.since === null) return Infinity;
  return clock.since + (target - clock.spent) / clock.pace;
}

/** A device clock set back must not take time away. */
function passed(clock: Clock, now: number): number {
  return clock.since === null ? 0 : Math.max(0, now - clock.since);
}
