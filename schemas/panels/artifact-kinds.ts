/** How a file can be looked at, as far as its name says. */
export type ArtifactKind = 'image' | 'table' | 'parquet' | 'json' | 'markdown' | 'html' | 'text';

const KINDS: Record<ArtifactKind, readonly string[]> = {
  image: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'bmp', 'ico', 'avif'],
  table: ['csv', 'tsv'],
  parquet: ['parquet'],
  json: ['json', 'geojson', 'ipynb'],
  markdown: ['md', 'markdown'],
  html: ['html', 'htm'],
  text: [],
};
const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, endings]) => endings.map((ending) => [ending, kind as ArtifactKind])),
);

/** What nothing is known of counts as text until it is read. */
export function artifactKind(path: string): ArtifactKind {
  return KIND_OF.get(endingOf(path)) ?? 'text';
}

export function endingOf(path: string): string {
  return /[.]([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

const IMAGE_TYPES: Record<string, string> = { jpg: 'jpeg', svg: 'svg+xml', ico: 'x-icon' };

export function imageType(path: string): string {
  const ending = endingOf(path);
  return `image/${IMAGE_TYPES[ending] ?? ending}`;
}

const MB = 1024 * 1024;

/** Of these a beginning shows nothing, or something else: they are read whole, when they are no larger. */
export const WHOLE_UP_TO: Partial<Record<ArtifactKind, number>> = { image: 10 * MB, json: 4 * MB, html: 4 * MB };
/** So much even for one who insists: it goes through the editor's own messages. */
export const NEVER_ABOVE = 64 * MB;
/** Of the others the beginning is read. */
export const BEGINNING: Record<'table' | 'markdown' | 'text', number> = {
  table: 2 * MB,
  markdown: MB / 4,
  text: MB / 4,
};
