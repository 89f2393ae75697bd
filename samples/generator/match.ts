import type { Random } from './random.ts';
import { between, choose, clamp, normal, round } from './random.ts';
import type { League, Season } from './seasons.ts';
import type { Team } from './teams.ts';
import { teamsOf } from './teams.ts';

export const RESULTS = ['home', 'draw', 'away'] as const;
export type Result = (typeof RESULTS)[number];

const KICKOFFS = [
  ['afternoon', 0.45],
  ['evening', 0.35],
  ['night', 0.2],
] as const;
const WEATHERS = [
  ['clear', 0.5],
  ['rain', 0.28],
  ['wind', 0.14],
  ['snow', 0.08],
] as const;

/** What is known before a match: the inputs of the model, in the order of the file's columns. */
export interface MatchFeatures {
  league: League;
  kickoff: (typeof KICKOFFS)[number][0];
  weather: (typeof WEATHERS)[number][0];
  home_form: number;
  away_form: number;
  home_rest_days: number;
  away_rest_days: number;
  home_injuries: number;
  away_injuries: number;
  elo_difference: number;
  expected_goals: number;
}

export interface Match {
  season: number;
  home_team: string;
  away_team: string;
  features: MatchFeatures;
  home_goals: number;
  away_goals: number;
  result: Result;
}

/** Leagues and weather decide how often nobody wins. */
const DRAWISH_LEAGUE: Record<League, number> = { capital: -0.7, coast: 0.8, north: 0, valley: 0.2 };
const DRAWISH_WEATHER: Record<MatchFeatures['weather'], number> = { clear: -0.4, rain: 0.4, wind: 0.1, snow: 1.3 };

/** Points per match that away sides took lately, on average. */
const AWAY_FORM = 1.3;

/** How far chance outweighs what is known; with this, a good model is right in about three of five matches. */
const LUCK = 1.4;

function pairing(random: Random, league: League): [Team, Team] {
  const teams = teamsOf(league);
  const first = between(random, 0, teams.length - 1);
  const second = (first + between(random, 1, teams.length - 1)) % teams.length;
  const [home, away] = [teams[first], teams[second]];
  if (home === undefined || away === undefined) throw new RangeError(`no teams in league ${league}`);
  return [home, away];
}

function form(random: Random, average: number, team: Team): number {
  return round(clamp(average + (team.rating - 1500) / 400 + 0.45 * normal(random), 0, 3), 1);
}

function injuries(random: Random): number {
  return Math.floor(random() * random() * 8);
}

function playedBefore(random: Random, season: Season, league: League, home: Team, away: Team): MatchFeatures {
  return {
    league,
    kickoff: choose(random, KICKOFFS),
    weather: choose(random, WEATHERS),
    home_form: form(random, season.homeForm, home),
    away_form: form(random, AWAY_FORM, away),
    home_rest_days: between(random, 3, 8),
    away_rest_days: between(random, 3, 8),
    home_injuries: injuries(random),
    away_injuries: injuries(random),
    elo_difference: Math.floor(home.rating - away.rating + 25 * normal(random)),
    expected_goals: round(clamp(2.6 + 0.5 * normal(random), 1, 4.5), 2),
  };
}

/** Form counts against the season's average: once that rises, a model that learnt from earlier seasons takes it for strength. */
function decide(random: Random, season: Season, known: MatchFeatures): Result {
  const strength =
    season.homeAdvantage +
    known.elo_difference / 160 +
    (known.home_form - season.homeForm - known.away_form + AWAY_FORM) * 0.5 +
    (known.home_rest_days - known.away_rest_days) * 0.08 -
    (known.home_injuries - known.away_injuries) * 0.12;
  const drawish =
    (2.6 - known.expected_goals) * 1.5 + DRAWISH_LEAGUE[known.league] + DRAWISH_WEATHER[known.weather] + 0.35;
  const home = strength + LUCK * normal(random);
  const draw = drawish + LUCK * normal(random);
  const away = LUCK * normal(random) - strength;
  if (draw > home && draw > away) return 'draw';
  return home > away ? 'home' : 'away';
}

function score(random: Random, result: Result): [number, number] {
  const loser = Math.floor(random() * random() * 4);
  if (result === 'draw') return [loser, loser];
  const winner = loser + 1 + Math.floor(random() * random() * 4);
  return result === 'home' ? [winner, loser] : [loser, winner];
}

export function drawMatch(random: Random, season: Season): Match {
  const league = choose(random, season.leagues);
  const [home, away] = pairing(random, league);
  const features = playedBefore(random, season, league, home, away);
  const result = decide(random, season, features);
  const [home_goals, away_goals] = score(random, result);
  return { season: season.year, home_team: home.name, away_team: away.name, features, home_goals, away_goals, result };
}
