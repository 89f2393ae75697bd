import { useEffect, useState } from 'preact/hooks';

/** The time of day for durations on display: moves each second while something runs, and stands still otherwise. */
export function useNow(moves: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!moves) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [moves]);
  return now;
}
