import { Company } from '../../src/generate/company.js';
import { humanId } from '../../src/generate/ids.js';

const PEOPLE = 260;
const ADMINISTRATORS = 40;

/** `count` of the numbers below `all`, evenly spread; all of them where there are not more. */
export function spread(all: number, count: number): number[] {
  if (all <= count) return Array.from({ length: all }, (_, at) => at);
  return Array.from({ length: count }, (_, at) => Math.floor((at * all) / count));
}

/** Ids of the people who are asked about: some of everywhere, and administrators, who reach most. */
export function startIds(humans: number): string[] {
  const company = new Company({ humans, seed: 0 });
  const administrators = spread(company.divisions, company.divisions).flatMap((division) =>
    company.administrators(division),
  );
  const chosen = spread(administrators.length, ADMINISTRATORS).map((at) => administrators[at] as number);
  return [...new Set([...spread(humans, PEOPLE), ...chosen])].map(humanId);
}
