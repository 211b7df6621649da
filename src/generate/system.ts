import type { SnapshotHeader } from '../model/snapshot.js';
import { formatTime } from '../model/time.js';
import type { Company } from './company.js';
import { COMPANY, SOURCE, type System } from './ids.js';
import type { Lines } from './lines.js';

/** A part of a system's file: so many units, each of which writes its few lines by itself. */
export interface Section {
  readonly count: (company: Company) => number;
  readonly write: (company: Company, index: number, lines: Lines) => void;
}

/** A system of the company, and what its file says. */
export interface SystemDescription {
  readonly system: System;
  readonly vendor: string;
  readonly name: string;
  /** Kinds and relationship types the system looks for; a test holds this list against the lines. */
  readonly reports: readonly string[];
  readonly sections: readonly Section[];
}

/** What a system looks for, from two lists of words: kinds, and relationship types. */
export const reporting = (kinds: string, types: string): readonly string[] => [
  ...kinds.split(' '),
  ...types.split(' '),
];

export const eachHuman = (company: Company) => company.humans;
export const eachTeam = (company: Company) => company.teams;
export const eachDivision = (company: Company) => company.divisions;

/** The first line of a system's file. Nothing outside stands behind the company, so actions are simulated. */
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
