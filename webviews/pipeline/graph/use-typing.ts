import { useRef } from 'preact/hooks';

/** So long after a letter the next one belongs to the same word. */
const PAUSE_MS = 800;

/** What was typed up to now with this key, in small letters; empty where the key is no letter. */
export function useTyping(): (event: KeyboardEvent) => string {
  const typed = useRef({ text: '', at: 0 });
  return ({ key, timeStamp }) => {
    const before = timeStamp - typed.current.at < PAUSE_MS ? typed.current.text : '';
    // digits and signs are keys of their own unless they go on with a word
    const isPart = key.length === 1 && (before === '' ? /\p{L}/u.test(key) : true);
    if (!isPart) return '';
    typed.current = { text: before + key.toLowerCase(), at: timeStamp };
    return typed.current.text;
  };
}
