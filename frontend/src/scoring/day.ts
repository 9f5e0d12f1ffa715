/** Days as a trainee lives them. */

export const DAY_MS = 86_400_000;
/** A day ends at four in the morning, local time: a night shift belongs to the evening before. */
const DAY_BEGINS = 4;

/** The day of a moment, where the trainee is: whole days since 1 January 1970. */
export function dayOf(moment: Date): number {
  const day = new Date(moment);
  day.setHours(day.getHours() - DAY_BEGINS);
  return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / DAY_MS;
}

/** Noon of a day, where the trainee is: for showing its date. */
export function dateOf(day: number): Date {
  const utc = new Date(day * DAY_MS);
  return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), 12);
}
