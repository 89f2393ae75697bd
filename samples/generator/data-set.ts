import type { Match, MatchFeatures } from './match.ts';
import { drawMatch } from './match.ts';
import type { Random } from './random.ts';
import { mulberry32 } from './random.ts';
import { FIRST_SEASON, LAST_ORDINARY_SEASON, LAST_SEASON, MATCHES_PER_SEASON, season } from './seasons.ts';

const FILE_SEED = 20150807;
/** Another seed than the file's: traffic is made of matches that no model was trained on. */
const TRAFFIC_SEED = 42;
/** Real files have holes; the trainer fills them inside the model. */
const UNREPORTED_INJURIES = 0.03;

function csvRow(random: Random, match: Match, index: number): string {
  const known: Record<string, string | number> = { ...match.features };
  if (random() < UNREPORTED_INJURIES) known.home_injuries = '';
  return [
    `${match.season}-${String(index + 1).padStart(4, '0')}`,
    match.season,
    match.home_team,
    match.away_team,
    ...Object.values(known),
    match.home_goals,
    match.away_goals,
    match.result,
  ].join(',');
}

/** data/matches.csv: ten seasons of 600 matches, the same bytes on every machine. */
export function matchesCsv(): string {
  const random = mulberry32(FILE_SEED);
  const rows: string[] = [];
  let header = '';
  for (let year = FIRST_SEASON; year <= LAST_SEASON; year++) {
    for (let index = 0; index < MATCHES_PER_SEASON; index++) {
      const match = drawMatch(random, season(year));
      header ||= headerOf(match.features);
      rows.push(csvRow(random, match, index));
    }
  }
  return `${[header, ...rows].join('\n')}\n`;
}

function headerOf(features: MatchFeatures): string {
  return [
    'match_id',
    'season',
    'home_team',
    'away_team',
    ...Object.keys(features),
    'home_goals',
    'away_goals',
    'result',
  ].join(',');
}

/**
 * Endless requests for the model: ordinary ones look like the seasons it was trained on, drifted ones like the later
 * seasons, in which `home_form` and `league` are distributed otherwise and nothing else is.
 */
export function* trafficRecords(
  options: { drift?: boolean; seed?: number } = {},
): Generator<MatchFeatures, never, undefined> {
  const random = mulberry32(options.seed ?? TRAFFIC_SEED);
  const played = season(options.drift === true ? LAST_SEASON : LAST_ORDINARY_SEASON);
  while (true) yield drawMatch(random, played).features;
}
