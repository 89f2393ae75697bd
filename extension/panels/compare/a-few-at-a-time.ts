const AT_A_TIME = 8;

/** Hundreds of requests without a flood of them; the answers in the order of the items. */
export async function aFewAtATime<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [at, item] of left) answers[at] = await ask(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return answers;
}
