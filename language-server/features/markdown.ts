/** Names and values come from files of anybody: nothing in them may become a link, a picture or a heading. */

/** On one line, as it is. */
export function code(text: string): string {
  const line = text.replaceAll(/\s*[\r\n]\s*/g, ' ');
  const ticks = '`'.repeat(line.includes('`') ? longestRun(line) + 1 : 1);
  return line.includes('`') ? `${ticks} ${line} ${ticks}` : ticks + line + ticks;
}

/** On lines of its own, as it is. */
export function codeBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));

/** As words. */
export const words = (text: string): string =>
  text.replaceAll(/[\\`*_{}[\]()<>#|!&~]/g, '\\$&').replaceAll(/\s+/g, ' ');
