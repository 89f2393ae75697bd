import { CrisolError } from '../../base/errors.ts';

export interface SourceUri {
  text: string;
  scheme: string;
  authority: string;
  path: string;
  /** of the path, decoded as often as anybody may decode them */
  parts: string[];
  /** a path on a disk */
  isLocal: boolean;
}

/** More often nobody encodes by mistake; each round reads the whole text. */
const MOST_ROUNDS = 10;
const MOST_CHARS = 10_000;

/** Each names a host in its address, to which whoever loads the version would then connect. */
const HOST_SCHEMES = ['http', 'https', 'ftp', 'sftp', 'hdfs', 'viewfs', 'r2', 'b2', 'abfss'];

export function parseSource(text: string): SourceUri {
  if (text.length > MOST_CHARS) throw invalid(text);
  const [, sent = '', authority = '', rest = ''] =
    /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/is.exec(text) ?? [];
  const scheme = sent.toLowerCase();
  // a scheme of one letter is a drive
  const isLocal = scheme.length < 2 || scheme === 'file';
  const parts = rest.split('/').filter((part) => part !== '');
  return { text, scheme, authority, path: rest, parts: parts.map(decoded), isLocal };
}

export function refuseOtherHosts({ text, scheme, authority }: SourceUri): void {
  const isHost = HOST_SCHEMES.includes(scheme) || (scheme === 'mlflow-artifacts' && authority !== '');
  if (!isHost) return;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `'source' cannot use the '${scheme}' scheme: it would have clients of this server connect to the host in ${shown(text)}.`,
  );
}

/** Nothing that could mean another place than it says, however often it is decoded. */
export function refuseRelative({ text, path, parts }: SourceUri): void {
  const whole = decoded(text);
  const isRelative = whole.includes('\0') || whole.split(/[/\\]/).includes('..');
  if (!isRelative && path.startsWith('/') && parts.length > 0 && !parts.includes('.')) return;
  throw invalid(text);
}

/** Both are URIs of folders. */
export function isInside(uri: SourceUri, root: SourceUri): boolean {
  const isSamePlace = uri.scheme === root.scheme && uri.authority.toLowerCase() === root.authority.toLowerCase();
  return isSamePlace && root.parts.length > 0 && root.parts.every((part, at) => uri.parts[at] === part);
}

function decoded(text: string): string {
  let before = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const after = decodedOnce(before);
    if (after === before) return after;
    before = after;
  }
  throw invalid(text);
}

/** What is no encoding stays as it is. */
function decodedOnce(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

function invalid(text: string): CrisolError {
  return new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid model version source: '${shown(text)}'. It must be an absolute path, without references such as '..' in it.`,
  );
}

function shown(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}
