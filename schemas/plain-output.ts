/** Words to a terminal: a title or a link, other strings, colours and the cursor, the rest. None goes beyond its line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these
const ESCAPES = /\x1b(?:\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[PX^_][^\x1b\n]*\x1b\\|\[[0-?]*[ -/]*[@-~]|[ -/]*[0-Z\\^-~])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/**
 * What a program printed, as it would stand in a terminal in the end: without colours, and of a line that was written again
 * and again, such as a progress bar, what was written last.
 */
export function plainOutput(printed: string): string {
  const lines = printed.replace(ESCAPES, '').replaceAll(/\r+\n/g, '\n').replace(CONTROLS, '');
  return lines.includes('\r') ? lines.split('\n').map(lastWriting).join('\n') : lines;
}

function lastWriting(line: string): string {
  return line.includes('\r') ? (line.split('\r').findLast((part) => part !== '') ?? '') : line;
}
