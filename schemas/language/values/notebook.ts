import type { JsonObject, JsonValue } from '../json.ts';
import { parseYaml } from '../syntax/parse.ts';
import { toJson } from '../syntax/to-json.ts';
import { normalPath } from './paths.ts';

/** `notebook explore.ipynb built/explore.ipynb depth=3`: a notebook in place of a command of the shell. */
export interface NotebookCommand {
  path: string;
  /** where it is written to with what its cells gave */
  output: string | null;
  /** `name=value` as they are written */
  words: string[];
}

/** Letters, quoted parts and expressions that stand together. */
const WORD = /(?:\$\{\{.*?\}\}|'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+/g;

/** Null for any other command, and for a script of several lines. */
export function notebookIn(command: string): NotebookCommand | null {
  const text = command.trim();
  if (!/^notebook\s/.test(text) || text.includes('\n')) return null;
  const [, path = '', ...words] = text.match(WORD) ?? [];
  if (!isNotebook(path)) return null;
  const [next = ''] = words;
  const hasOutput = isNotebook(next) && !PARAMETER.test(next);
  return {
    path: normalPath(unquoted(path)),
    output: hasOutput ? normalPath(unquoted(next)) : null,
    words: hasOutput ? words.slice(1) : words,
  };
}

const PARAMETER = /^([A-Za-z_]\w*)=(.*)$/s;

/** Values are read as YAML reads them, unless they are quoted: `depth=3` is a number. */
export function notebookParameters(words: readonly string[]): { values: JsonObject } | { problem: string } {
  const values: [string, JsonValue][] = [];
  for (const word of words) {
    const [, name, value = ''] = PARAMETER.exec(word) ?? [];
    if (name === undefined) return { problem: `a notebook takes its parameters as \`name=value\`, not \`${word}\`` };
    values.push([name, unquoted(value) === value ? plain(value) : unquoted(value)]);
  }
  return { values: Object.fromEntries(values) };
}

function plain(text: string): JsonValue {
  const { root, problems } = parseYaml(text);
  return root && problems.length === 0 ? toJson(root) : text;
}

const isNotebook = (word: string): boolean => /\.ipynb$/.test(unquoted(word));

const unquoted = (word: string): string =>
  word.replaceAll(
    /'([^']*)'|"((?:[^"\\]|\\.)*)"/g,
    (_all, single, double = '') => single ?? double.replaceAll(/\\(.)/g, '$1'),
  );
