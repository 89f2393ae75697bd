import { randomInt } from 'node:crypto';

const ADJECTIVES =
  'agile amber ancient ardent bold brave breezy bright brisk calm candid clever cobalt copper cosmic crisp curious daring deft ' +
  'eager earnest fearless fine fleet gentle gilded golden happy hardy honest humble ivory jolly keen kind lively lucid lucky ' +
  'mellow merry mighty misty modest nimble noble patient placid plucky polite proud quick quiet radiant rapid robust rustic ' +
  'serene sharp shining silver sincere sleek smooth solid spirited steady sunny swift tidy tranquil upbeat valiant velvet vivid ' +
  'warm wise witty zesty';
const ANIMALS =
  'albatross alpaca antelope badger beaver bison bobcat buffalo camel caracal chamois cheetah cobra condor cormorant crane cricket ' +
  'dolphin donkey dove duck eagle egret elk falcon ferret finch fox gazelle gecko gibbon giraffe goat goose gull hare hawk heron ' +
  'horse ibex ibis jackal jaguar jay kestrel kingfisher koala lark lemur leopard lion llama lynx macaw magpie marmot marten mole ' +
  'moose newt ocelot octopus orca osprey otter owl panda panther pelican penguin pigeon puffin puma quail rabbit raccoon ram raven ' +
  'robin salmon seal shrew sparrow squirrel stag starling stoat stork swallow swan tapir tern thrush tiger toad trout turtle viper ' +
  'vole walrus weasel whale wolf wolverine wombat wren yak zebra';

const adjectives = ADJECTIVES.split(' ');
const animals = ANIMALS.split(' ');

/** Chooses a whole number in `[0, below)`; a test passes its own. */
export type Choose = (below: number) => number;

/** A name for a run that was given none, easy to say and to remember: brave-otter-412. */
export function inventName(choose: Choose = (below) => randomInt(below)): string {
  const pick = (words: readonly string[]) => words[choose(words.length)] ?? '';
  return `${pick(adjectives)}-${pick(animals)}-${choose(1000)}`;
}
