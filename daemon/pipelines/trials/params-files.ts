import { parseDocument } from 'yaml';
import type { JsonObject, JsonValue } from '../../../schemas/language/json.ts';

/**
 * A file of params with other values for those that it has, by their dotted names; null when it has none of them. Scripts that read the
 * file themselves find what they are tried with.
 */
export function withValues(path: string, text: string, params: JsonObject): string | null {
  const doc = parseDocument(text);
  const values = Object.entries(params).map(([name, value]) => [name.split('.'), value] as const);
  const own = values.filter(([names]) => doc.hasIn(names));
  if (own.length === 0) return null;
  for (const [names, value] of own) doc.setIn(names, value);
  return path.endsWith('.json') ? `${JSON.stringify(doc.toJS() as JsonValue, null, 2)}\n` : doc.toString();
}
