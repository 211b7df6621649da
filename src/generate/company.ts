import { formatTime, type Millis, parseTime } from '../model/time.js';
import { type Random, Seed, stream } from './random.js';

/** The options of a company. The same options give the same bytes on every machine. */
export interface CompanyOptions {
  /** How many people, including those who have left and are still listed: 1 to {@link MAX_HUMANS}. */
  readonly humans: number;
  readonly seed: number | string;
  /** When all sources were read, in ISO 8601. Left out: {@link DEFAULT_SYNCED_AT}. */
  readonly syncedAt?: string;
}

/** It is fixed, so that the bytes do not depend on the day on which they are generated. */
export const DEFAULT_SYNCED_AT = '2026-11-01T00:00:00.000Z';

/** A larger company would work too. The limit only prevents that a mistyped number fills the disk. */
export const MAX_HUMANS = 10_000_000;

/** How many people a team has, including its lead, before some move to another team. */
export const TEAM_SIZE = 7;

/** How many teams share an organisation, a cloud account and administrators. It limits what one of these reaches. */
const DIVISION_TEAMS = 128;

/** The greatest depth to which teams are nested. */
export const MAX_TEAM_DEPTH = 5;

/** The kind of work of a team. */
export type Discipline = 'leadership' | 'platform' | 'engineering' | 'data' | 'sales' | 'support' | 'finance';

/**
 * The disciplines of 20 neighbouring teams. It is a table, not random, so that small companies have the proportions.
 */
const DISCIPLINES = (
  'engineering sales support finance engineering sales data support sales engineering ' +
  'finance support engineering sales support data finance sales engineering support'
).split(' ') as readonly Discipline[];

const DISCIPLINE_SHIFT = stream('discipline');
const SECOND = 1000;
const DAY_SECONDS = 86_400;

/**
 * The layout of a company. Only the numbers below are kept. Every fact about a human or a team is computed from the
 * seed and the position when it is asked for, so any system may ask about any human or team.
 */
export class Company {
  readonly humans: number;
  readonly teams: number;
  readonly divisions: number;
  readonly seed: Seed;
  readonly syncedAt: Millis;
  /** How many teams are directly below a team: the fewest that keep the depth within {@link MAX_TEAM_DEPTH}. */
  private readonly span: number;

  /** @throws RangeError where the number of humans or the time is not valid */
  constructor(options: CompanyOptions) {
    const { humans, seed, syncedAt = DEFAULT_SYNCED_AT } = options;
    if (!Number.isInteger(humans) || humans < 1 || humans > MAX_HUMANS) {
      throw new RangeError(`A company has 1 to ${MAX_HUMANS} humans.`);
    }
    const at = parseTime(syncedAt);
    if (at === undefined) throw new RangeError('The time the sources were read is not ISO 8601.');
    this.humans = humans;
    this.teams = Math.ceil(humans / TEAM_SIZE);
    this.divisions = Math.ceil(this.teams / DIVISION_TEAMS);
    this.seed = new Seed(seed);
    this.syncedAt = at;
    this.span = spanFor(this.teams);
  }

  division(team: number): number {
    return Math.floor(team / DIVISION_TEAMS);
  }

  /** The teams of a division: the first team, and how many they are. */
  teamsOf(division: number): { first: number; count: number } {
    const first = division * DIVISION_TEAMS;
    return { first, count: Math.min(DIVISION_TEAMS, this.teams - first) };
  }

  /** The team above a team; undefined for the team at the top. */
  parentTeam(team: number): number | undefined {
    return team === 0 ? undefined : Math.floor((team - 1) / this.span);
  }

  /** The team that administers a division's systems. */
  platformTeam(division: number): number {
    return Math.min(division * DIVISION_TEAMS + 1, this.teams - 1);
  }

  /** The people, at most four, who administer a division's systems. */
  administrators(division: number): readonly number[] {
    const { lead, count } = this.peopleOf(this.platformTeam(division));
    return Array.from({ length: Math.min(4, count) }, (_, nth) => lead + nth);
  }

  discipline(team: number): Discipline {
    const division = this.division(team);
    if (team === this.platformTeam(division)) return 'platform';
    if (team === 0) return 'leadership';
    const shift = this.seed.draw(DISCIPLINE_SHIFT, division);
    return DISCIPLINES[(team + (shift % DISCIPLINES.length)) % DISCIPLINES.length] as Discipline;
  }

  /** Whether a team builds software: only these have repositories, cloud roles and secrets. */
  builds(team: number): boolean {
    const discipline = this.discipline(team);
    return discipline === 'engineering' || discipline === 'data' || discipline === 'platform';
  }

  /** The team that a person began in. What a person owns stays near that team, also after a move to another. */
  firstTeam(human: number): number {
    return Math.floor(human / TEAM_SIZE);
  }

  /** The people that a team began with: the first, who leads it, and how many they are. */
  peopleOf(team: number): { lead: number; count: number } {
    const lead = team * TEAM_SIZE;
    return { lead, count: Math.min(TEAM_SIZE, this.humans - lead) };
  }

  /** A random person of those that a team began with. */
  somebodyOf(team: number, random: Random): number {
    const { lead, count } = this.peopleOf(team);
    return lead + random.below(count);
  }

  /** A random time within `days` before the sources were read. */
  before(random: Random, days: number): string {
    return formatTime(this.syncedAt - (1 + random.below(days * DAY_SECONDS)) * SECOND);
  }

  /** A random time within `days` after the sources were read. */
  after(random: Random, days: number): string {
    return formatTime(this.syncedAt + (1 + random.below(days * DAY_SECONDS)) * SECOND);
  }

  /** A random time of expiry, from 30 days before the sources were read to `days` after. So some have just expired. */
  expiry(random: Random, days: number): string {
    return formatTime(this.syncedAt + (random.below((days + 30) * DAY_SECONDS) - 30 * DAY_SECONDS) * SECOND);
  }
}

function spanFor(teams: number): number {
  let span = 3;
  while (teamsWithin(span) < teams) span += 1;
  return span;
}

/** How many teams a tree of this span has, down to the greatest depth. */
function teamsWithin(span: number): number {
  let level = 1;
  let all = 1;
  for (let depth = 0; depth < MAX_TEAM_DEPTH; depth += 1) {
    level *= span;
    all += level;
  }
  return all;
}
