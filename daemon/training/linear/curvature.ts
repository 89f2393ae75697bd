import { seededRandom } from '../../base/random.ts';
import type { Problem } from './objective.ts';

const ROUNDS = 40;
/** the power method approaches the largest eigenvalue from below */
const MARGIN = 1.05;

/**
 * An upper bound of the objective's curvature: half the largest eigenvalue of AᵀA/n (Böhning's bound for softmax) and the
 * penalty. A step of one over it never overshoots.
 */
export function curvatureBound(problem: Problem): number {
  const { design, l2 } = problem;
  const random = seededRandom(1);
  let direction = Float64Array.from({ length: design.weightRows }, () => 0.5 + random());
  let eigenvalue = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const next = applyGram(problem, direction);
    eigenvalue = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0));
    if (eigenvalue === 0) break;
    direction = next.map((value) => value / eigenvalue);
  }
  return (MARGIN * eigenvalue * 0.5 + l2) / design.rows;
}

/** AᵀA·v, where A is the design with its column of ones. */
function applyGram({ design }: Problem, vector: Float64Array): Float64Array {
  const { numberCount, categoryCount, numbers, codes } = design;
  const result = new Float64Array(vector.length);
  for (let row = 0; row < design.rows; row++) {
    let product = vector[0] as number;
    for (let j = 0; j < numberCount; j++) {
      product += (numbers[row * numberCount + j] as number) * (vector[1 + j] as number);
    }
    for (let j = 0; j < categoryCount; j++) {
      const code = codes[row * categoryCount + j] as number;
      if (code >= 0) product += vector[code] as number;
    }
    result[0] = (result[0] as number) + product;
    for (let j = 0; j < numberCount; j++) {
      result[1 + j] = (result[1 + j] as number) + product * (numbers[row * numberCount + j] as number);
    }
    for (let j = 0; j < categoryCount; j++) {
      const code = codes[row * categoryCount + j] as number;
      if (code >= 0) result[code] = (result[code] as number) + product;
    }
  }
  return result;
}
