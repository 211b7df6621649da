/** Relationships a company has whatever its size, and more for each human: measured, and held by a test. */
const FIXED = 600;
const PER_HUMAN = 22.3;

/** How many humans make a company with about so many relationships, to 15% from 10⁴ up. At least 1. */
export function sizeFor(relationships: number): number {
  return Math.max(1, Math.round((relationships - FIXED) / PER_HUMAN));
}
