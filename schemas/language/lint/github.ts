import type { Diagnostic } from '../diagnostic.ts';

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice' } as const;

/** A workflow command of GitHub Actions, which shows it beside the line. */
export function githubLine(path: string, { range: { start, end }, severity, code, message }: Diagnostic): string {
  const place = [
    `file=${property(path.replaceAll('\\', '/'))}`,
    `line=${start.line + 1}`,
    `endLine=${end.line + 1}`,
    `col=${start.character + 1}`,
    `endColumn=${end.character + 1}`,
    `title=${code}`,
  ];
  return `::${COMMANDS[severity]} ${place.join(',')}::${escaped(message)}\n`;
}

const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
