import { useEffect, useState } from 'preact/hooks';

/** A longer wait is none to a browser's timer. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * The time of day for what is said of times. `changesIn` tells when that reads otherwise, in milliseconds: the panel wakes
 * then, and not before; never for Infinity, and not while nobody sees it.
 */
export function useNow(changesIn: (now: number) => number): number {
  const [now, setNow] = useState(Date.now);
  const wait = changesIn(now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => setNow(Date.now());
    const sleep = () => {
      clearTimeout(timer);
      if (!document.hidden && wait < Infinity) timer = setTimeout(look, Math.min(wait, LONGEST_MS));
    };
    const turn = () => {
      if (!document.hidden) look();
      sleep();
    };
    sleep();
    document.addEventListener('visibilitychange', turn);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', turn);
    };
  }, [now, wait]);
  return now;
}
