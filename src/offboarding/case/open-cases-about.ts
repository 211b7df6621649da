import type { Journal } from '../../store/journal.js';
import type { Case } from './case.js';
import { allCases, planOf } from './case-documents.js';
import { isOpen } from './case-states.js';

/** The cases that have not ended and are about one of these entities: as their person or thing, or in their plan. */
export async function openCasesAbout(journal: Journal, entities: ReadonlySet<string>): Promise<Case[]> {
  const found: Case[] = [];
  if (entities.size === 0) return found;
  for await (const offboarding of allCases(journal)) {
    if (isOpen(offboarding) && (await isAbout(journal, offboarding, entities))) found.push(offboarding);
  }
  return found;
}

async function isAbout(journal: Journal, offboarding: Case, entities: ReadonlySet<string>): Promise<boolean> {
  const { human, target, successor } = offboarding.input;
  if ([human, target, successor].some((id) => id !== null && entities.has(id))) return true;
  const { body } = await planOf(journal, offboarding);
  return (
    body.actions.some(({ entity }) => entities.has(entity)) ||
    body.decisions.some(({ entity }) => entities.has(entity))
  );
}
