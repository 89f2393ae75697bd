/** At the end of a name: `--hf-token` is one, `--max-tokens` and `--tokenizer` are none. */
const SECRET = /(^|[-_.])(token|secret|pass|passwd|password|key|credentials?)$|(api|access|private|secret)key$/i;
const HIDDEN = '***';
const SHORTEST_SECRET = 8;

/** A command without what looks like a secret: values of options and variables so named, and those that we know ourselves. */
export function withoutSecrets(words: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    SECRET.test(name) && value !== undefined && value.length >= SHORTEST_SECRET ? [value] : [],
  );
  return words.map((word, at) => {
    const known = secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), word);
    return announcesSecret(words[at - 1]) && !word.startsWith('-') ? HIDDEN : hideNamed(known);
  });
}

/** `--token`, whose value is the next word. */
function announcesSecret(word: string | undefined): boolean {
  return word !== undefined && /^--?[\w-]+$/.test(word) && SECRET.test(word);
}

/** `--token=…`, `API_KEY=…`, `https://user:password@…` */
function hideNamed(word: string): string {
  const hidden = word.replaceAll(/(:\/\/)[^/\s@]+@/g, `$1${HIDDEN}@`);
  const [, name = '', rest] = /^([\w.-]+)=(.*)$/s.exec(hidden) ?? [];
  return rest !== undefined && SECRET.test(name) ? `${name}=${HIDDEN}` : hidden;
}
