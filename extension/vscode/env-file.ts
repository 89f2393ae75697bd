/** Files like `.env`: a variable a line. What is not ours stays as it is, to the byte. */

const LINE = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=(.*)$/;

export function readVariables(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ''] = LINE.exec(line) ?? [];
    if (name !== undefined) found[name] = value.trim().replace(/^(['"])(.*)\1$/, '$2');
  }
  return found;
}

/** Each variable is on one line afterwards: where it stood first, else at the end. */
export function withVariables(text: string, values: Record<string, string>): string {
  const missing = new Map(Object.entries(values));
  const lines = linesOf(text).flatMap((line) => {
    const name = nameOf(line);
    if (name === undefined || !(name in values)) return [line];
    const value = missing.get(name);
    missing.delete(name);
    return value === undefined ? [] : [`${name}=${value}${endOf(line)}`];
  });
  const end = lines.some((line) => line.endsWith('\r\n')) ? '\r\n' : '\n';
  const before = lines.join('');
  const separator = missing.size > 0 && before !== '' && !before.endsWith('\n') ? end : '';
  return before + separator + [...missing].map(([name, value]) => `${name}=${value}${end}`).join('');
}

export function withoutVariables(text: string, names: readonly string[]): string {
  return linesOf(text)
    .filter((line) => !names.includes(nameOf(line) ?? ''))
    .join('');
}

/** With their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function nameOf(line: string): string | undefined {
  return LINE.exec(line.replace(/\r?\n$/, ''))?.[1];
}

function endOf(line: string): string {
  return /\r?\n$/.exec(line)?.[0] ?? '';
}
