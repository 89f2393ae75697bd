import { useEffect, useState } from 'preact/hooks';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** The time of day for durations on display: moves each second while something runs, otherwise only "2 minutes ago" grows old. */
export function useNow(moves: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), moves ? SECOND_MS : MINUTE_MS);
    return () => clearInterval(timer);
  }, [moves]);
  return now;
}
