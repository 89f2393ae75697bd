import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** What checks values of a schema, compiled when it is first asked for: at the start of a program nobody has time for that. */
export function compiledSchema<Schema extends TSchema>(schema: Schema) {
  const compile = () => Compile(schema);
  let compiled: ReturnType<typeof compile> | undefined;
  return () => {
    compiled ??= compile();
    return compiled;
  };
}
