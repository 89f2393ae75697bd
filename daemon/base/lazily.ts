/** Made when it is first asked for, and once: at the start of a program nobody has time for what may not be needed. */
export function lazily<Made>(make: () => Made): () => Made {
  let made: { it: Made } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
