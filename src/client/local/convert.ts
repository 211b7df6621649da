/** Turns what another tool wrote into a snapshot. It needs no store and no service. */
export { convertAwsIam } from '../../sources/aws-iam/convert.js';
export type { Conversion } from '../../sources/conversion.js';
