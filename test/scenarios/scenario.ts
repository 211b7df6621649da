import { readdirSync, readFileSync } from 'node:fs';
import type { Permission } from '../../src/model/levels.js';
import type { BlindSpot, Conflict } from '../reference/index.js';

/** What a person works out by hand about one leaver of the demo company: a file of test/scenarios/demo. */
export interface Scenario {
  readonly title: string;
  /** Id or email of a human, id of an account, or ids of several humans who leave together. */
  readonly start: string | readonly string[];
  readonly clock: string;
  readonly exposure: readonly { id: string; permission?: Permission; held?: boolean }[];
  readonly notExposed: readonly string[];
  readonly continuity: readonly string[];
  readonly orphans: readonly string[];
  readonly cut: readonly { id: string; foreign: boolean }[];
  readonly conflicts: readonly Conflict[];
  readonly blindSpots: readonly BlindSpot[];
}

const FOLDER = new URL('../../../test/scenarios/demo/', import.meta.url);
/** Every scenario, in order of file name. */
export const scenarios = readdirSync(FOLDER)
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Scenario);
