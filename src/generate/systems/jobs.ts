import type { JOB_TYPES } from '../../model/properties.js';
import type { Company } from '../company.js';
import { approval, criticality } from '../consents.js';
import type { Lines } from '../lines.js';
import type { Random } from '../random.js';

type JobType = (typeof JOB_TYPES)[number];

const SCHEDULES = ['0 * * * *', '*/15 * * * *', '30 2 * * *', '0 6 * * 1', '0 0 1 * *'];

/** Writes a job of a type. Some jobs are suspended, and some have not run for so long that they could be retired. */
export function writeOwnedJob(
  company: Company,
  id: string,
  name: string,
  jobType: JobType,
  random: Random,
  lines: Lines,
): void {
  const ended = random.chance(5) ? random.pick(['SUSPENDED', 'RETIRED']) : 'ACTIVE';
  lines.entity('Job', id, name, {
    status: ended,
    jobType,
    schedule: random.pick(SCHEDULES),
    criticality: criticality(random),
    approval: approval(random),
    lastRunAt: company.before(random, random.chance(80) ? 7 : 400),
  });
}
