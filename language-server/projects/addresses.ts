/** Addresses of files and folders (`file:///…`), as editors write them; they may encode more than they must. */

export const folderOf = (address: string): string => address.slice(0, Math.max(0, address.lastIndexOf('/')));

/** Half a character, which YAML can write, has no address of its own. */
export const fileIn = (folder: string, path: string): string =>
  `${folder}/${path.toWellFormed().split('/').map(encodeURIComponent).join('/')}`;

/** The path from a folder to a file in it; null where it lies elsewhere. */
export function pathFrom(folder: string, address: string): string | null {
  const [start, whole] = [`${plain(folder)}/`, plain(address)];
  return whole.startsWith(start) ? whole.slice(start.length) : null;
}

/** One spelling for each, to compare. */
export function plain(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
