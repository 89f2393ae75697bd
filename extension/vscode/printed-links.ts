export interface PrintedLink {
  startIndex: number;
  length: number;
  /** from the # on */
  fragment: string;
}

const LINK = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)\/(#\/experiments\/\d[^\s'"<>]*)/g;

/** Links of this daemon in a line of a terminal; those of another one are a browser's. */
export function linksIn(line: string, daemonUrl: string): PrintedLink[] {
  const { port } = new URL(daemonUrl);
  return [...line.matchAll(LINK)].flatMap((match) => {
    const [all, itsPort, fragment = ''] = match;
    return itsPort === port ? [{ startIndex: match.index, length: all.length, fragment }] : [];
  });
}
