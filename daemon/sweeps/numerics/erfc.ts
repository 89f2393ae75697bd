/**
 * The complementary error function, by the rational approximations that Sun Microsystems published with its mathematical
 * library (1993). What is rounded away in the square is all that it is wrong by: 13 digits hold far out, 15 elsewhere.
 */
const NEAR_TOP = [
  0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5,
];
const NEAR_BOTTOM = [
  1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 1.3249473800432164e-4, -3.960228278775368e-6,
];

const AROUND_ONE = 0.8450629115104675;
const ONE_TOP = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const ONE_BOTTOM = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
  0.011984499846799107,
];

const MIDDLE_TOP = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
  -184.60509290671104, -81.2874355063066, -9.814329344169145,
];
const MIDDLE_BOTTOM = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
  108.63500554177944, 6.570249770319282, -0.0604244152148581,
];

const FAR_TOP = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
  -1025.0951316110772, -483.5191916086514,
];
const FAR_BOTTOM = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
  474.52854120695537, -22.44095244658582,
];

const MIDDLE_ENDS = 1 / 0.35;
/** Beyond, it is less than any number above 0. */
const FAR_ENDS = 28;

export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < 0) return 2 - erfc(-x);
  if (x < 0.84375) return 1 - (x + x * ratio(NEAR_TOP, NEAR_BOTTOM, x * x));
  if (x < 1.25) return 1 - AROUND_ONE - ratio(ONE_TOP, ONE_BOTTOM, x - 1);
  if (x > FAR_ENDS) return 0;
  const s = 1 / (x * x);
  const rest = x < MIDDLE_ENDS ? ratio(MIDDLE_TOP, MIDDLE_BOTTOM, s) : ratio(FAR_TOP, FAR_BOTTOM, s);
  return Math.exp(-x * x - 0.5625 + rest) / x;
}

function ratio(top: readonly number[], bottom: readonly number[], x: number): number {
  return polynomial(top, x) / polynomial(bottom, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let power = coefficients.length - 1; power >= 0; power--) value = value * x + (coefficients[power] as number);
  return value;
}
