/** What often holds secrets is named, not read, whether git knows the file or not. In small letters; `*` is any text. */
const NAMES = [
  '.env*',
  '*.env',
  '*.pem',
  '*.key',
  '*.p12',
  '*.pfx',
  '*.jks',
  '*.keystore',
  '*.tfvars',
  'id_rsa*',
  'id_dsa*',
  'id_ecdsa*',
  'id_ed25519*',
  'credentials*',
  'secret.*',
  'secrets.*',
  'token.txt',
  'token.json',
  'kaggle.json',
  '*service*account*.json',
  '.netrc',
  '_netrc',
  '.npmrc',
  '.pypirc',
  '.pgpass',
  '.htpasswd',
  '.git-credentials',
];

const PATTERN = new RegExp(
  `(^|/)(${NAMES.map((name) => name.replaceAll('.', '\\.').replaceAll('*', '[^/]*')).join('|')})$`,
  'i',
);

/** `path` has slashes. */
export function holdsSecrets(path: string): boolean {
  return PATTERN.test(path);
}

/** Arguments that keep a diff from showing them. */
export const BUT_SECRETS = ['--', ':/', ...NAMES.map((name) => `:(top,exclude,icase,glob)**/${name}`)];
