type Attributes = Record<string, string | number | undefined>;

/** An element of an SVG as text; what is undefined is left out, numbers are cut to what a screen can show. */
export function tag(name: string, attributes: Attributes, ...inside: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escaped(String(value))}"`);
  return inside.length === 0
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${inside.join('')}</${name}>`;
}

export function text(words: string, attributes: Attributes): string {
  return tag('text', attributes, escaped(words));
}

/** The path along these places, broken where one is no number. */
export function pathAlong(places: Iterable<{ x: number; y: number }>): string {
  const parts: string[] = [];
  let gap = true;
  for (const { x, y } of places) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) gap = true;
    else {
      parts.push(`${gap ? 'M' : 'L'}${short(x)} ${short(y)}`);
      gap = false;
    }
  }
  return parts.join('');
}

export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

// signs that XML does not allow at all are dropped: one would make the whole picture unreadable
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(words: string): string {
  return words
    .replaceAll(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
