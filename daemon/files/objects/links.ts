import { CrisolError } from '../../base/errors.ts';
import type { Raw } from '../raw.ts';
import { shown } from '../raw.ts';

/**
 * Whether a link in a folder may lead out of the workspace. What goes up behind a name is taken for such: that name may be a
 * link itself, and up from its target is another place.
 */
export function leadsOut(top: Raw, folder: Raw, text: Raw): boolean {
  if (text.includes('\\') && process.platform === 'win32') return leadsOut(top, folder, text.replaceAll('\\', '/'));
  if (text.startsWith('/') || /^[a-z]:/i.test(text)) {
    return !`${text}/`.startsWith(`${top}/`) || text.split('/').includes('..');
  }
  const names = text.split('/').filter((name) => name !== '' && name !== '.');
  const firstName = names.findIndex((name) => name !== '..');
  const ups = firstName < 0 ? names.length : firstName;
  const depth = folder === '' ? 0 : folder.split('/').length;
  return ups > depth || names.slice(ups).includes('..');
}

export function leadingOut(path: Raw, text: Raw): CrisolError {
  return new CrisolError(
    'FILE_OUTSIDE_WORKSPACE',
    `${shown(path)} is a link to ${shown(text)}, out of the workspace.`,
    {
      hint: 'Let it lead to something in the workspace, or put the file itself there.',
    },
  );
}
