import manifest from '../package.json' with { type: 'json' };

/** One version for the extension, the daemon and the command line. */
export const VERSION: string = manifest.version;
