/** What the registry of the project holds, told by who knows it: a file says nothing of it. */
export interface RegistryFacts {
  models: readonly HeldModel[];
  /** whether this step did the last time: what its command registers is there */
  hasSucceeded(step: string): boolean;
}

export interface HeldModel {
  name: string;
  /** the number of its newest version; 0 while it has none */
  newest: number;
  /** null where nobody knows them */
  aliases: readonly string[] | null;
}
