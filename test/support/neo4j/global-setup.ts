import { serverForRun } from './for-run.js';
import { VARIABLES } from './place.js';

/** For runs that are not started by `run.ts`, which has seen to a server before. Tests fail where there is none. */
export default async function setup(): Promise<void> {
  if (process.env[VARIABLES.missing] === undefined) await serverForRun(process.argv.slice(2));
}
