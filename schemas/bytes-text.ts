const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** In three digits at most, such as `14.2 KB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  if (power === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const value = bytes / 1024 ** power;
  return `${value.toFixed(value < 100 ? 1 : 0)} ${UNITS[power]}`;
}
