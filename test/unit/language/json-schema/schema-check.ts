import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { languageSchemas } from '../../../../schemas/language/json-schema/index.ts';
import type { PipelineFileRole } from '../../../../schemas/language/protocol.ts';

/** As strict as ajv is: an unknown keyword of ours, or one that has no effect, is a mistake in the schema. */
export function schemaCheck(role: PipelineFileRole): ValidateFunction {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
  ajv.addVocabulary(['markdownDescription', 'patternErrorMessage']);
  for (const schema of Object.values(languageSchemas())) ajv.addSchema(schema);
  const check = ajv.getSchema(role === 'main' ? 'crisol.schema.json' : 'crisol-part.schema.json');
  if (!check) throw new Error('There is no such schema.');
  return check;
}

/** A text as YAML servers read it. */
export const valueIn = (text: string): unknown => parse(text, { merge: true, maxAliasCount: -1, logLevel: 'silent' });
