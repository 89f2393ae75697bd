/** What "Create crisol.yaml" writes: the smallest pipeline that runs, and where to go from there. */
export const FIRST_FILE = `# Steps run in the order of what they need. Ctrl+Space offers what can stand at a place.
version: 1
name: my-project

steps:
  hello:
    run: echo "replace me by your own command"

  # A built-in step trains without Python:
  # train:
  #   uses: train
  #   with:
  #     data: data/train.csv
  #     target: label
  #     algorithm: logistic_regression
  #     out: build/model
`;
