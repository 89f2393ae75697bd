/** Between an instant and what the clock on the wall shows: both in milliseconds, the latter as if it were UTC. */

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

export function wallClock(instant: number, zone: string): number {
  const parts = formatFor(zone).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  // formats have no milliseconds: those of an instant are those on the wall
  return shown + (((instant % 1000) + 1000) % 1000);
}

/** The first instant at which the clock shows this time; where it is set past it, the one at which it is set. */
export function instantAt(wall: number, zone: string): number {
  const offsets = [wall - DAY, wall + DAY].map((around) => wallClock(around, zone) - around);
  const fitting = offsets.map((offset) => wall - offset).filter((instant) => wallClock(instant, zone) === wall);
  return fitting.length > 0 ? Math.min(...fitting) : afterGap(wall, zone);
}

/** The first instant at which the clock shows a later time, found by halving. */
function afterGap(wall: number, zone: string): number {
  let [before, after] = [wall - DAY, wall + DAY];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallClock(middle, zone) > wall) after = middle;
    else before = middle;
  }
  return after;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = 'numeric';
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(zone, format);
  return format;
}
