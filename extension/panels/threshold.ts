/** Where in crisol.yaml the monitor's drift threshold stands; else the monitor; else its section; else the beginning. */
export function thresholdOffset(text: string, monitor: string): number {
  const section = block(text, 0, text.length, 'monitors');
  if (!section) return 0;
  const own = block(text, section.content, section.end, monitor);
  if (!own) return section.start;
  const drift = block(text, own.content, own.end, 'drift') ?? braced(text, own, 'drift');
  const found = drift && /\bthreshold["']?\s*:/.exec(text.slice(drift.content, drift.end));
  return found ? drift.content + found.index : own.start;
}

/** Where the number of the monitor's own threshold stands; null when it has none, and the default counts. */
export function thresholdNumber(text: string, monitor: string): { from: number; to: number } | null {
  const from = thresholdOffset(text, monitor);
  const found = /^threshold["']?\s*:[ \t]*([\d.eE+-]+)/.exec(text.slice(from));
  if (!found?.[1]) return null;
  const to = from + found[0].length;
  return { from: to - found[1].length, to };
}

interface Block {
  start: number;
  /** right after the colon */
  content: number;
  end: number;
}

/** A key with what is indented deeper below it, or with the rest of its line. */
function block(text: string, from: number, to: number, key: string): Block | null {
  const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const head = new RegExp(`^([ \\t]*)(["']?)${name}\\2[ \\t]*:`, 'm').exec(text.slice(from, to));
  if (!head) return null;
  const indent = head[1]?.length ?? 0;
  const start = from + head.index + indent;
  const content = from + head.index + head[0].length;
  const after = new RegExp(`^[ \\t]{0,${indent}}[^\\s#]`, 'm').exec(text.slice(content, to).replace(/^[^\n]*/, blank));
  return { start, content, end: after ? content + after.index : to };
}

/** The same written as `key: {…}` somewhere within. */
function braced(text: string, { content, end }: Block, key: string): Block | null {
  const head = new RegExp(`\\b${key}["']?\\s*:\\s*\\{`).exec(text.slice(content, end));
  if (!head) return null;
  const inner = content + head.index + head[0].length;
  const close = text.indexOf('}', inner);
  return { start: content + head.index, content: inner, end: close < 0 || close > end ? end : close };
}

/** As long as before, but with nothing in it. */
function blank(line: string): string {
  return ' '.repeat(line.length);
}
