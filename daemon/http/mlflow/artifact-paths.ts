import { CrisolError } from '../../base/errors.ts';

/** More often nobody encodes by mistake. */
const MOST_ROUNDS = 5;

/**
 * A path as MLflow reads it: decoded until nothing is encoded any more, so that what was encoded twice cannot climb either,
 * and so that a name which clients send in several ways is always the same one. Control characters stay encoded.
 */
export function artifactPath(sent: string): string {
  const path = decoded(sent);
  if (/[#?\\\0]/.test(path) || path.startsWith('/') || /^file:/i.test(path)) throw invalid();
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) throw invalid();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these
  return names.join('/').replace(/[\x00-\x1f\x7f]/g, encodeURIComponent);
}

/** Of a file: a path that ends in `/` means a folder. */
export function filePath(sent: string): string {
  if (sent === '' || sent.endsWith('/')) throw invalid();
  return artifactPath(sent);
}

function decoded(sent: string): string {
  let path = sent;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = path.replace(/(?:%[0-9a-f]{2})+/gi, decodedPart);
    if (next === path) return path;
    path = next;
  }
  throw invalid();
}

/** A percent sign may be nothing but a percent sign. */
function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function invalid(): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', 'Invalid path');
}
