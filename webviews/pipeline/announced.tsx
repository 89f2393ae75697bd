import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { News } from './model/spoken.ts';

/** A run may end a hundred steps a second: nobody could listen to each. */
const QUIET_MS = 8000;

/** Tells screen readers how a run goes: at once when it begins, when something first fails and when it ends; else now and then. */
export function Announced({ news: { text, occasion } }: { news: News }): VNode {
  const [said, say] = useState({ text, occasion });
  const saidAt = useRef(performance.now());
  useEffect(() => {
    if (said.text === text && said.occasion === occasion) return;
    const tell = () => {
      saidAt.current = performance.now();
      say({ text, occasion });
    };
    if (said.occasion !== occasion) return tell();
    const timer = setTimeout(tell, saidAt.current + QUIET_MS - performance.now());
    return () => clearTimeout(timer);
  }, [text, occasion, said]);
  return (
    <span class="unseen" role="status">
      {said.text}
    </span>
  );
}
