import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Mode } from '../../src/offboarding/plan/plan.js';
import type { DecisionAction } from '../../src/offboarding/policy/policy.js';
import type { AfterState, PlanInWords } from './departure-in-words.js';

/** One leaver of the demo company: what people say, and what comes of it. A file of test/scenarios/departures. */
export interface Departure {
  readonly title: string;
  /** Id of the human. */
  readonly human: string;
  readonly clock: string;
  readonly mode?: Mode;
  readonly successor?: string;
  /** What people decide instead of the rules. */
  readonly decided: readonly {
    readonly entity: string;
    readonly action: DecisionAction;
    readonly reason: string;
  }[];
  /** The plan that is approved then. */
  readonly plan: PlanInWords;
  /** What its execution has changed in the graph, and what is found when it is verified. */
  readonly after: AfterState;
}

const FOLDER = new URL('../../../test/scenarios/departures/', import.meta.url);

/** Every departure by the name of its file, in order of that. */
export const departures: readonly { readonly name: string; readonly departure: Departure }[] = readdirSync(
  FOLDER,
)
  .sort()
  .map((name) => ({
    name,
    departure: JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Departure,
  }));

/** Writes what comes of a departure, for somebody to read the difference. */
export function rewrite(name: string, departure: Departure): void {
  writeFileSync(new URL(name, FOLDER), `${JSON.stringify(departure, null, 2)}\n`);
}
