/** The standard normal distribution, as far as detection statistics need it. */

/** The density at z. */
export const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

const ratio = (x: number, above: readonly number[], below: readonly number[]): number =>
  above.reduceRight((sum, each) => sum * x + each, 0) / (1 + x * below.reduceRight((sum, each) => sum * x + each, 0));

/**
 * The z below which a share p of the distribution lies; correct to about seven figures.
 * (M. J. Wichura, Applied Statistics 1988;37:477-484, algorithm AS 241, PPND7.)
 *
 * @throws RangeError unless 0 < p < 1
 */
export function quantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError("p lies between 0 and 1");
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * ratio(r, [3.3871327179, 50.434271938, 159.29113202, 59.10937472], [17.895169469, 78.757757664, 67.1875636]);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z = r <= 5
    ? ratio(r - 1.6, [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103], [0.7370016425, 0.12021132975])
    : ratio(r - 5, [6.657905115, 3.081226386, 0.42868294337, 0.017337203997], [0.24197894225, 0.012258202635]);
  return q < 0 ? -z : z;
}
