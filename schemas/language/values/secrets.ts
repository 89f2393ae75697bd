/**
 * Keys and passwords as their providers make them: told by their form, so that nothing else is taken for one. Each part is bounded,
 * so that no text takes long.
 */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])/, 'an AWS access key'],
  [/(?<!\w)gh[pousr]_[A-Za-z0-9]{36,255}(?!\w)|(?<!\w)github_pat_\w{60,255}/, 'a GitHub token'],
  [/(?<!\w)glpat-[\w-]{20}/, 'a GitLab token'],
  [/(?<!\w)xox[abeprs]-\d{6,20}-[A-Za-z0-9-]{10,200}/, 'a Slack token'],
  [/hooks\.slack\.com\/services\/T\w{6,20}\/B\w{6,20}\/\w{20,40}/, 'a Slack webhook'],
  [/(?<!\w)sk-[\w-]{20,120}T3BlbkFJ[\w-]{20,120}/, 'an OpenAI key'],
  [/(?<!\w)sk-ant-[a-z0-9]{1,10}-[\w-]{60,200}/, 'an Anthropic key'],
  [/(?<!\w)hf_[A-Za-z]{34}(?!\w)/, 'a Hugging Face token'],
  [/(?<!\w)AIza[\w-]{35}(?![\w-])/, 'a Google API key'],
  [/(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/, 'an npm token'],
  [/(?<!\w)pypi-AgE[\w-]{50,300}/, 'a PyPI token'],
  [/(?<!\w)dapi[0-9a-f]{32}(?!\w)/, 'a Databricks token'],
  [/(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?!\w)/, 'a SendGrid key'],
  [/(?<!\w)[rs]k_live_[A-Za-z0-9]{20,200}/, 'a Stripe key'],
  [/-----BEGIN (?:[A-Z]{1,12} ){0,3}PRIVATE KEY-----/, 'a private key'],
];

/** Cheap to look for: most texts hold none of these. */
const HINT =
  /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox|slack\.com|sk-|hf_|AIza|npm_|pypi-|dapi|SG\.|k_live_|PRIVATE KEY|:\/\//;

/** `https://user:password@host`; what a shell or an expression fills in is no password. */
const ADDRESS = /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@'"]{0,100}:([^\s/@'"]{1,200})@[\w.[-]/i;

export const maybeSecret = (text: string): boolean => HINT.test(text);

/** The first secret within a text, and what it is in words. */
export function secretIn(text: string): { secret: string; what: string } | null {
  if (!maybeSecret(text)) return null;
  for (const [form, what] of FORMS) {
    const secret = form.exec(text)?.[0];
    // the manuals of providers have keys that end so
    if (secret !== undefined && !secret.includes('EXAMPLE')) return { secret, what };
  }
  const password = ADDRESS.exec(text)?.[1];
  return password !== undefined && !isPlaceholder(password)
    ? { secret: password, what: 'a password in an address' }
    : null;
}

const NAMES = /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_KEY|SECRET_KEY|PRIVATE_KEY)$/;
const PASSWORDS = /PASSW(?:OR)?D$/i;
/** In small letters a token is a word to a model of language: `pad_token`. */
const SMALL_NAMES = /(?:^|_)(?:password|passwd|api_?key|access_key|secret_key|private_key)$/;

/** Whether a variable of that name and value holds a secret: `API_TOKEN: 9f8…`. */
export function secretNamed(name: string, value: string): boolean {
  if (!(NAMES.test(name) || SMALL_NAMES.test(name)) || isPlaceholder(value) || isPointer(value)) return false;
  // what is no password is long, has digits, and is not made of words: `PAD_TOKEN: end_of_text_01` is none
  return PASSWORDS.test(name)
    ? value.length >= 4
    : /^[\w+/=.:~-]{16,}$/.test(value) && /\d/.test(value) && !isMadeOfWords(value);
}

/** Where the secret is kept: `op://vault/item`, `arn:aws:secretsmanager:…`, `projects/p/secrets/s`, `secrets/password.txt`. */
const isPointer = (value: string): boolean =>
  /^(?:[a-z][a-z0-9+.-]*:\/\/|arn:|vault:|sm:|ssm:)/i.test(value) || (value.includes('/') && isMadeOfWords(value));

/** `v1`, `2024`, `token`, `id`; not `8f14e45f`. */
const WORD = /^(?:[A-Za-z][a-z]{0,14}|[A-Z]{1,15})?\d{0,8}$/;

const isMadeOfWords = (value: string): boolean => value.split(/[/._:-]/).every((part) => WORD.test(part));

/** Words that people put where a secret belongs, and whatever a shell, a template or an expression fills in. */
const PLACEHOLDER =
  /^(?:x+|\*+|\.+|-+|\?+)$|[$<>{}%]|\*{3}|^\[.*\]$|change.?me|example|placeholder|your|dummy|fake|redacted|todo|^(?:test|dev|local)[-_]|^(?:user(?:name)?|pass(?:word|wd)?|pw|pwd|secret|token|test|postgres|root|admin|guest|none|null|false|true|empty|unset|disabled)$|^\/|^\.{1,2}\//i;

const isPlaceholder = (text: string): boolean => text.trim() === '' || PLACEHOLDER.test(text);
