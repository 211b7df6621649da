import type { SnapshotHeader } from '../model/snapshot.js';
import { formatTime } from '../model/time.js';
import type { Company } from './company.js';
import { COMPANY, SOURCE, type System } from './ids.js';
import type { Lines } from './lines.js';

/** A part of a system's file: `count` units, each of which writes its lines independently of the others. */
export interface Section {
  readonly count: (company: Company) => number;
  readonly write: (company: Company, index: number, lines: Lines) => void;
}

/** A system of the company, and the content of its file. */
export interface SystemDescription {
  readonly system: System;
  readonly vendor: string;
  readonly name: string;
  /** The kinds and relationship types that the system reports. A test compares this list with the lines. */
  readonly reports: readonly string[];
  readonly sections: readonly Section[];
}

/** The list of what a system reports, from its kinds and its relationship types, each separated by spaces. */
export const reporting = (kinds: string, types: string): readonly string[] => [
  ...kinds.split(' '),
  ...types.split(' '),
];

export const eachHuman = (company: Company) => company.humans;
export const eachTeam = (company: Company) => company.teams;
export const eachDivision = (company: Company) => company.divisions;

/** The first line of a system's file. There is no real system, so actions are simulated. */
export function headerOf(company: Company, description: SystemDescription): SnapshotHeader {
  return {
    source: {
      id: SOURCE[description.system],
      vendor: description.vendor,
      name: `${description.name} of ${COMPANY}`,
      syncedAt: formatTime(company.syncedAt),
      actuation: 'SIMULATED',
      reports: description.reports,
    },
    mode: 'full',
  };
}
