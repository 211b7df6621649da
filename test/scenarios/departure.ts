import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mode } from '../../src/offboarding/plan/plan.js';
import type { DecisionAction } from '../../src/offboarding/policy/policy.js';
import { writeGolden } from '../support/golden.js';
import { demoDocuments } from './demo-company.js';
import type { AfterState, PlanInWords } from './departure-in-words.js';
import { documentsOf, type MadeUp } from './made-up.js';

/** One leaver: what people say, and what comes of it. A file of test/scenarios/departures or made-up. */
export interface Departure {
  readonly title: string;
  /** The company; left out: the demo company. */
  readonly graph?: MadeUp;
  /** Id of the human. */
  readonly human: string;
  readonly clock: string;
  readonly mode?: Mode;
  readonly successor?: string;
  readonly lastWorkingDay?: string;
  /** What people decide instead of the rules. */
  readonly decided: readonly {
    readonly entity: string;
    readonly action: DecisionAction;
    readonly managedIdentity?: string;
    readonly reason: string;
  }[];
  /** The plan that is approved then. */
  readonly plan: PlanInWords;
  /** What its execution has changed in the graph, and what is found when it is verified. */
  readonly after: AfterState;
  /** What has changed since when the time of what was left has come. */
  readonly later?: AfterState;
}

export interface DepartureFile {
  readonly folder: string;
  readonly name: string;
  readonly departure: Departure;
}

const place = (folder: string, name = ''): URL =>
  new URL(`../../../test/scenarios/${folder}/${name}`, import.meta.url);

/** Every departure of a folder, in order of the names of the files. */
const departuresIn = (folder: string): readonly DepartureFile[] =>
  readdirSync(place(folder))
    .sort()
    .map((name) => ({
      folder,
      name,
      departure: JSON.parse(readFileSync(place(folder, name), 'utf8')) as Departure,
    }));

/** The leavers of the table in README. */
export const departures = departuresIn('departures');
/** Leavers of companies that are made up for one rule each. */
export const madeUp = departuresIn('made-up');

/** What sources report of the company that somebody leaves. */
export const companyOf = ({ graph }: Departure): readonly unknown[] =>
  graph === undefined ? demoDocuments : documentsOf(graph);

/** Writes what comes of a departure, for somebody to read the difference. */
export function rewrite({ folder, name }: DepartureFile, departure: Departure): void {
  writeGolden(fileURLToPath(place(folder, name)), `${JSON.stringify(departure, null, 2)}\n`);
}
