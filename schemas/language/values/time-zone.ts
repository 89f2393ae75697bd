import { closest } from '../suggest.ts';

/** A zone of the IANA database, such as `Europe/Madrid` or `UTC`. */
export function isTimeZone(name: string): boolean {
  // an offset is no place: it knows no summer time
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone that a misspelt name is meant for: `Europe/Madird`, or `Madrid` alone. */
export function meantTimeZone(name: string): string | null {
  const zones = Intl.supportedValuesOf('timeZone');
  const city = zones.filter((zone) => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase() === name.toLowerCase());
  return city.length === 1 ? (city[0] ?? null) : closest(name, zones);
}
