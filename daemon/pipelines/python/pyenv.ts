import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The Python that pyenv's stand-in on PATH would start in a folder, found in its way (the variable, the nearest .python-version, what is
 * chosen for all folders): the stand-in itself takes as long as a short run. Undefined for any other Python, and where pyenv's own
 * knowledge is needed.
 */
export function behindPyenv(python: string, folder: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const shims = dirname(python);
  const root = dirname(shims);
  if (basename(shims) !== 'shims' || !existsSync(join(root, 'versions'))) return undefined;
  const chosen = wordsOf(env.PYENV_VERSION) ?? nearest(folder) ?? wordsIn(join(root, 'version'));
  const place = chosen?.[0] && join(root, 'versions', chosen[0], 'bin', basename(python));
  return place && existsSync(place) ? place : undefined;
}

function nearest(folder: string): string[] | undefined {
  const found = wordsIn(join(folder, '.python-version'));
  return found || folder === dirname(folder) ? found : nearest(dirname(folder));
}

function wordsIn(file: string): string[] | undefined {
  try {
    return wordsOf(readFileSync(file, 'utf8').replaceAll(/#.*/g, ''));
  } catch {
    return undefined;
  }
}

/** Several are one after another, or with colons between. */
function wordsOf(text = ''): string[] | undefined {
  const words = text.split(/[\s:]+/).filter((word) => word !== '');
  return words.length > 0 ? words : undefined;
}
