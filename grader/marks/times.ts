/** Times as people and platforms write them, as instants. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** `15 minutes`, `1 day`, `36 h`; undefined for what is no length of time. */
export function durationIn(text: string): number | undefined {
  const [, count, unit = ""] =
    /^(\d+(?:\.\d+)?)\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)$/i.exec(text.trim()) ?? [];
  if (count === undefined) return undefined;
  const lengths = { m: 60_000, h: HOUR, d: DAY, w: 7 * DAY };
  return Number(count) * (lengths[unit[0]?.toLowerCase() as keyof typeof lengths] as number);
}

/** `2 days`, `1 day 3 h`: for people. */
export function durationText(milliseconds: number): string {
  const minutes = Math.ceil(milliseconds / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${days} ${days === 1 ? "day" : "days"}${hours > 0 ? ` ${hours} h` : ""}`;
  return hours > 0 ? `${hours} h${minutes % 60 > 0 ? ` ${minutes % 60} min` : ""}` : `${minutes} min`;
}

export type ReadTime = { readonly instant: number } | { readonly missing: "zone" | "time" };

const MONTHS = "january february march april may june july august september october november december".split(
  " ",
);

/**
 * `2026-11-10 23:59`, also with seconds, `T` and a zone; a day alone, which lasts until its end; Moodle's `Tuesday, 10 November 2026,
 * 11:05 PM`.
 *
 * @param zone Where the text names none, as `Europe/Berlin`.
 */
export function timeIn(text: string, zone?: string): ReadTime {
  const [, year, month, day, hour = "23", minute = "59", second, offset] =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(
      text.trim(),
    ) ?? [];
  if (year !== undefined)
    return instantOf(
      [year, month, day, hour, minute, second ?? (/\d:\d/.test(text) ? "0" : "59")].map(Number),
      offset,
      zone,
    );
  const [, d, name = "", y, h, min, half] =
    /^(?:\p{L}+,\s*)?(\d{1,2}) (\p{L}+) (\d{4}),\s*(\d{1,2}):(\d\d)(?:\s*([AP]M))?$/iu.exec(text.trim()) ??
    [];
  const at = MONTHS.indexOf(name.toLowerCase());
  if (d === undefined || at < 0) return { missing: "time" };
  const hours = half === undefined ? Number(h) : (Number(h) % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
  return instantOf([Number(y), at + 1, Number(d), hours, Number(min), 0], undefined, zone);
}

function instantOf(parts: readonly number[], offset: string | undefined, zone: string | undefined): ReadTime {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(local);
  // 31 February is no day, and 25:00 no time.
  if (
    back.getUTCMonth() !== month - 1 ||
    back.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return { missing: "time" };
  if (offset !== undefined) return { instant: local - offsetIn(offset) };
  if (zone === undefined) return { missing: "zone" };
  // The offset at that instant, which the first guess may miss by the change to summer time.
  const guess = local - offsetAt(local, zone);
  return { instant: local - offsetAt(guess, zone) };
}

function offsetIn(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(text) ?? [];
  return hours === undefined
    ? 0
    : (sign === "-" ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * 60_000);
}

/** How far a zone's clocks are ahead, in milliseconds. @throws RangeError for a zone that there is not. */
export function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  }).formatToParts(instant);
  const at = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"), at("second"));
  return shown - Math.floor(instant / 1000) * 1000;
}

/** `2026-11-10 23:59`, in the zone. */
export function timeText(instant: number, zone = "UTC"): string {
  const shown = new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 16).replace("T", " ");
  return `${shown} ${zone}`;
}
