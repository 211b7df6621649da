/**
 * How many relationships every company has, and how many more for each human. They are measured; a test checks them.
 */
const FIXED = 600;
const PER_HUMAN = 22.3;

/** How many humans a company with so many relationships has: within 15 % from 10⁴ relationships up, and at least 1. */
export function sizeFor(relationships: number): number {
  return Math.max(1, Math.round((relationships - FIXED) / PER_HUMAN));
}
