import { afterEach, describe, expect, it, vi } from "vitest";
import { DAY_MS, dateOf, dayOf } from "../../src/scoring/day";

afterEach(() => vi.unstubAllEnvs());
const number = (date: string): number => Date.parse(date) / DAY_MS;

/* Each row: where, a moment in UTC, the day it belongs to there. Clocks change in these zones on the days named. */
describe.each([
  ["UTC", [["2026-11-22T03:59:59Z", "2026-11-21"], ["2026-11-22T04:00:00Z", "2026-11-22"], ["2026-11-23T03:59:59Z", "2026-11-22"]]],
  ["Pacific/Kiritimati", [["2026-11-21T13:59:59Z", "2026-11-21"], ["2026-11-21T14:00:00Z", "2026-11-22"]]],
  ["Pacific/Pago_Pago", [["2026-11-22T14:59:59Z", "2026-11-21"], ["2026-11-22T15:00:00Z", "2026-11-22"]]],
  ["Asia/Kathmandu", [["2026-11-21T22:14:59Z", "2026-11-21"], ["2026-11-21T22:15:00Z", "2026-11-22"]]],
  /* Forward on 29 March at 1, back on 25 October at 2. */
  ["Europe/London", [["2026-03-29T02:59:59Z", "2026-03-28"], ["2026-03-29T03:00:00Z", "2026-03-29"], ["2026-10-25T03:59:59Z", "2026-10-24"],
    ["2026-10-25T04:00:00Z", "2026-10-25"], ["2026-03-29T23:30:00Z", "2026-03-29"], ["2026-10-25T23:30:00Z", "2026-10-25"]]],
  /* Forward on 8 March at 2, back on 1 November at 2. */
  ["America/New_York", [["2026-03-08T07:59:59Z", "2026-03-07"], ["2026-03-08T08:00:00Z", "2026-03-08"], ["2026-11-01T08:59:59Z", "2026-10-31"],
    ["2026-11-01T09:00:00Z", "2026-11-01"]]],
] as [string, [string, string][]][])("a day in %s", (zone, moments) => {
  it.each(moments)("%s belongs to %s: a day ends at four in the morning", (moment, day) => {
    vi.stubEnv("TZ", zone);
    expect(dayOf(new Date(moment))).toBe(number(day));
  });

  it("has a date that is the same day, all through a year", () => {
    vi.stubEnv("TZ", zone);
    for (let day = number("2026-01-01"); day < number("2027-01-01"); day += 1) {
      expect(dayOf(dateOf(day))).toBe(day);
      expect(dateOf(day).getDate()).toBe(new Date(day * DAY_MS).getUTCDate());
    }
  });

  it("comes after the day before it, without a gap, hour by hour through the changes of the clock", () => {
    vi.stubEnv("TZ", zone);
    let before = dayOf(new Date("2026-01-01T00:00:00Z"));
    for (let hour = 1; hour < 366 * 24; hour += 1) {
      const day = dayOf(new Date(Date.parse("2026-01-01T00:00:00Z") + hour * 3_600_000));
      expect([0, 1]).toContain(day - before);
      before = day;
    }
  });
});
