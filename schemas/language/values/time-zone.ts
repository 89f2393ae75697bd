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
