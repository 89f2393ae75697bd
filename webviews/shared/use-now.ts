import { useEffect, useState } from 'preact/hooks';

const SECOND_MS = 1000;
/** "Just now" is not for long, and seconds are told of what is younger than a minute. */
const A_WHILE_MS = 10_000;

/** The time of day for durations on display: moves each second while something runs, otherwise only "20 seconds ago" grows old. */
export function useNow(moves: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), moves ? SECOND_MS : A_WHILE_MS);
    return () => clearInterval(timer);
  }, [moves]);
  return now;
}
