/**
 * Values of the environment may be secrets, and a plan is kept in the store. So a plan is made with a mark in the place of
 * each value, and the values come in when a step starts.
 */
export function marksFor(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.keys(env).map((name) => [name, `\u0001env:${name}\u0001`]));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a mark must be nothing that a person writes
const MARK = /\u0001env:([^\u0001]*)\u0001/g;
const MARK_IN_JSON = /\\u0001env:(.*?)\\u0001/g;

/** For people to read: the variable, as crisol.yaml calls it, in the place of its value. */
export function nameSecrets(text: string): string {
  return text.replace(MARK, (_, name: string) => `\${{ env.${name} }}`);
}

/** Throws when a variable is gone, as it may be under another daemon than the one that planned. */
export function fillSecrets(text: string, env: NodeJS.ProcessEnv): string {
  return text.replace(MARK, (_, name: string) => variable(name, env));
}

/** The same in JSON, where marks are written with escapes, and so must be the values. */
export function fillSecretsInJson(json: string, env: NodeJS.ProcessEnv): string {
  return json.replace(MARK_IN_JSON, (_, name: string) => {
    return JSON.stringify(variable(JSON.parse(`"${name}"`), env)).slice(1, -1);
  });
}

function variable(name: string, env: NodeJS.ProcessEnv): string {
  const value = env[name];
  if (value === undefined) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
