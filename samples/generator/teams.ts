import { mulberry32, normal } from './random.ts';
import type { League } from './seasons.ts';
import { LEAGUES } from './seasons.ts';

export interface Team {
  name: string;
  /** like chess players' Elo: 1500 on average */
  rating: number;
}

const NAMES: Record<League, readonly string[]> = {
  capital: ['Alder', 'Beacon', 'Cobalt', 'Dynamo', 'Ember', 'Forum', 'Granite', 'Harbour', 'Iron', 'Juniper'],
  coast: ['Anchor', 'Breaker', 'Coral', 'Dune', 'Estuary', 'Fjord', 'Gannet', 'Heron', 'Islet', 'Jetty'],
  north: ['Aurora', 'Birch', 'Caribou', 'Drift', 'Elk', 'Frost', 'Glacier', 'Hail', 'Icefield', 'Juneau'],
  valley: ['Acorn', 'Bramble', 'Clover', 'Dale', 'Elm', 'Fern', 'Grove', 'Hazel', 'Ivy', 'Jasmine'],
};

function ratedTeams(league: League, index: number): Team[] {
  const random = mulberry32(1000 + index);
  const raw = NAMES[league].map((name) => ({ name, lead: 110 * normal(random) }));
  // every league is 1500 on average, so that another mix of leagues does not move the other columns
  const average = raw.reduce((sum, team) => sum + team.lead, 0) / raw.length;
  return raw.map((team) => ({ name: team.name, rating: Math.floor(1500 + team.lead - average) }));
}

const TEAMS = new Map<League, Team[]>(LEAGUES.map((league, index) => [league, ratedTeams(league, index)]));

export function teamsOf(league: League): Team[] {
  return TEAMS.get(league) ?? [];
}
