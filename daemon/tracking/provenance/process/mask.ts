/** At the end of a name: `--hf-token` is one, `--max-tokens` and `--tokenizer` are none. */
const SECRET =
  /(^|[-_.])(token|secret|pass|pwd|passwd|password|key|auth|credentials?)$|(api|access|private|secret)key$/i;
const HIDDEN = '***';
const SHORTEST_SECRET = 8;

/** Within a text: a query, code, a header, JSON. Without anything before the name, so that long words take no long time. */
const NAMED =
  /((?<![a-z])(?:pass|pwd|key|auth)|token|secret|passw(?:or)?d|credentials?|(?:api|access|private)[-_]?key)(["'\]]{0,3}\s{0,3}[=:]\s{0,3}["']?)[^\s"'&,;)}\]]+/gi;
const HEADER = /\b(Bearer|Basic)\s{1,3}[\w.~+/=-]+/gi;
/** `auth=('me', 'password')` */
const AUTH_PAIR = /\b(auth\s{0,3}=\s{0,3})\([^()]{0,500}\)/gi;
/** A name and a password, as curl takes them; a name alone is none. */
const USER = /^--(?:proxy-)?user$/;
const USER_PASSWORD = /^((?:--(?:proxy-)?user=)?[^:=]+:).+$/s;
/** `--lr`, `--lr=1`, `-v`: whatever else begins with a dash may be a value. */
const OPTION = /^-(?:[a-z]|-[a-z][\w-]*(?:=.*)?)$/is;
/** How tokens of well-known services begin. */
const WELL_KNOWN = /\b(?:hf_|sk-|gh[opsu]_|github_pat_|glpat-|xox[abp]-|dapi|AKIA)[\w-]{12,}/g;

/** A command without what looks like a secret: values of options and variables so named, and those that we know ourselves. */
export function withoutSecrets(words: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    SECRET.test(name) && name !== 'PWD' && value !== undefined && value.length >= SHORTEST_SECRET ? [value] : [],
  );
  return words.map((word, at) => {
    const known = secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), word);
    const before = words[at - 1];
    if (announcesSecret(before) && !OPTION.test(word)) return HIDDEN;
    return hideWithin(hideNamed(hideUser(known, before)));
  });
}

/** `--token`, whose value is the next word. */
function announcesSecret(word: string | undefined): boolean {
  return word !== undefined && /^--?[\w-]+$/.test(word) && SECRET.test(word);
}

function hideUser(word: string, before = ''): string {
  const isUser = USER.test(before) || /^--(?:proxy-)?user=/.test(word);
  return isUser ? word.replace(USER_PASSWORD, `$1${HIDDEN}`) : word;
}

/** `--token=…`, `API_KEY=…`, `https://user:password@…` */
function hideNamed(word: string): string {
  const hidden = word.replaceAll(/(:\/\/)[^/\s@]+@/g, `$1${HIDDEN}@`);
  const [, name = '', rest] = /^([\w.-]+)=(.*)$/s.exec(hidden) ?? [];
  return rest !== undefined && SECRET.test(name) ? `${name}=${HIDDEN}` : hidden;
}

function hideWithin(word: string): string {
  return word
    .replaceAll(HEADER, `$1 ${HIDDEN}`)
    .replaceAll(AUTH_PAIR, `$1${HIDDEN}`)
    .replaceAll(NAMED, (all, name, between) => (all.endsWith(HIDDEN) ? all : `${name}${between}${HIDDEN}`))
    .replaceAll(WELL_KNOWN, HIDDEN);
}
