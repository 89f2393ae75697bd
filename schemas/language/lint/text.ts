import type { Diagnostic, Severity } from '../diagnostic.ts';
import type { LintedFile } from './index.ts';

/** Gives a word the colour of what it says. */
export type Paint = (word: string, as: Severity | 'place' | 'code') => string;

const plain: Paint = (word) => word;

export function asText(files: readonly LintedFile[], paint: Paint = plain, fixed = 0): string {
  const found = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map((diagnostic) => textLine(path, diagnostic, paint)),
  );
  return `${found.join('')}${summary(files, paint, fixed)}\n`;
}

/** Editors and terminals make links of `path:line:column`. */
function textLine(path: string, { range, severity, code, message, related = [] }: Diagnostic, paint: Paint): string {
  const place = ({ start }: Diagnostic['range'], file = path) => `${file}:${start.line + 1}:${start.character + 1}`;
  const others = related
    .map((other) => `    ${paint(place(other.range, other.path), 'place')}: ${other.message}\n`)
    .join('');
  return `${paint(place(range), 'place')}: ${paint(severity, severity)} ${paint(code, 'code')}: ${message}\n${others}`;
}

function summary(files: readonly LintedFile[], paint: Paint, fixed: number): string {
  const all = files.flatMap((file) => file.diagnostics);
  const told = (['error', 'warning'] as const).map((severity) => {
    const number = all.filter((diagnostic) => diagnostic.severity === severity).length;
    return number > 0 ? paint(counted(number, severity), severity) : counted(number, severity);
  });
  const mended = fixed > 0 ? [`${fixed} fixed`] : [];
  return `${counted(files.length, 'file')} checked: ${[...told, ...mended].join(', ')}`;
}

const counted = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
