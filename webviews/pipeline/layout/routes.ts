import type { Place, PlacedLink } from './types.ts';

const CORNER = 6;

/** From top to bottom where a layer lies. */
export interface Band {
  top: number;
  bottom: number;
}

/** One end of a link. `isStacked`: others stand above or below it in its layer, so that the link goes past at its side. */
export interface End {
  place: Place;
  band: Band;
  isStacked: boolean;
}

/** Where a long link passes through a layer. */
export interface Pass {
  x: number;
  band: Band;
}

export function routed(from: End, passes: readonly Pass[], to: End): Pick<PlacedLink, 'path' | 'end'> {
  const start = leaving(from);
  const arrival = arriving(to);
  const parts = [start.path];
  let at = { x: start.x, y: from.band.bottom };
  for (const { x, band } of [...passes, { x: arrival.x, band: to.band }]) {
    const half = (at.y + band.top) / 2;
    parts.push(`C${r(at.x)} ${r(half)} ${r(x)} ${r(half)} ${r(x)} ${r(band.top)}`);
    if (band !== to.band) parts.push(`V${r(band.bottom)}`);
    at = { x, y: band.bottom };
  }
  return { path: [...parts, arrival.path].join(''), end: arrival.end };
}

/** Down to where its layer ends. */
function leaving({ place, band, isStacked }: End): { path: string; x: number } {
  const { x, y, width, height } = place;
  if (!isStacked) return { path: `M${r(x + width / 2)} ${r(y + height)}V${r(band.bottom)}`, x: x + width / 2 };
  const side = x + width + CORNER;
  const middle = y + height / 2;
  return {
    path: `M${r(x + width)} ${r(middle)}Q${r(side)} ${r(middle)} ${r(side)} ${r(middle + CORNER)}V${r(band.bottom)}`,
    x: side,
  };
}

/** From where its layer begins. */
function arriving({ place, isStacked }: End): { path: string; x: number; end: PlacedLink['end'] } {
  const { x, y, width, height } = place;
  const middle = { x: x + width / 2, y: y + height / 2 };
  if (!isStacked) return { path: `V${r(y)}`, x: middle.x, end: { x: middle.x, y, from: 'above' } };
  const side = x - 2 * CORNER;
  const path = `V${r(middle.y - CORNER)}Q${r(side)} ${r(middle.y)} ${r(side + CORNER)} ${r(middle.y)}H${r(x)}`;
  return { path, x: side, end: { x, y: middle.y, from: 'left' } };
}

/** Half a pixel is fine enough. */
function r(number: number): number {
  return Math.round(number * 2) / 2;
}
