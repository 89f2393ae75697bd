import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { News } from './model/spoken.ts';

/** A run may end a hundred steps a second: nobody could listen to each. */
const QUIET_MS = 8000;

/** Tells screen readers how a run goes: at once when it begins, when something first fails and when it ends; else now and then. */
export function Announced({ news: { text, occasion, isOver } }: { news: News }): VNode {
  const [said, say] = useState(text);
  const newest = useRef(text);
  newest.current = text;
  useEffect(() => {
    say(newest.current);
    if (isOver) return;
    const timer = setInterval(() => say(newest.current), QUIET_MS);
    return () => clearInterval(timer);
  }, [occasion, isOver]);
  return (
    <span class="unseen" role="status">
      {said}
    </span>
  );
}
