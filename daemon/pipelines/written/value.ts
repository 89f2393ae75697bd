import type { JsonValue } from '../../../schemas/language/json.ts';
import { indexLines } from '../../../schemas/language/positions.ts';
import { parseYaml } from '../../../schemas/language/syntax/parse.ts';
import { toJson } from '../../../schemas/language/syntax/to-json.ts';
import type { Wrong } from './content.ts';

/** What Python's `json` writes, and JSON has no word for; strings are passed over. */
const BARE_WORD = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** Reading YAML takes its time, and others wait meanwhile. */
const LONGEST_YAML = 200_000;

/** JSON, with what Python takes for it, or YAML. */
export function readValue(text: string): { value: JsonValue } | Wrong {
  const json = asJson(text) ?? asJson(text.replace(BARE_WORD, (word) => (word.startsWith('"') ? word : `"${word}"`)));
  if (json) return json;
  if (text.length > LONGEST_YAML) return { message: 'it is no JSON, and too long to be read as YAML' };
  const { root, problems } = parseYaml(text);
  const [problem] = problems;
  if (!problem) return { value: root ? toJson(root) : null };
  return { line: indexLines(text).position(problem.span[0]).line + 1, message: problem.message };
}

function asJson(text: string): { value: JsonValue } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
