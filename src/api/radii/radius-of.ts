import { memoizeByView } from '../../graph/per-view.js';
import { radiiOf } from '../../graph/radii/radii.js';
import type { Entity } from '../entity/entity.js';
import type { Moment } from '../operation/moment.js';
import { BlastRadius } from './blast-radius.js';
import type { RadiiAsked } from './radii-asked.js';

/**
 * The blast radius of a human or an account, or of several humans at once.
 *
 * @param starts in order of id, each once
 */
export function radiusOf(moment: Moment, starts: readonly Entity[]): BlastRadius {
  const numbers = starts.map(({ record }) => record.number);
  const { policy } = moment.services.policy;
  const each = numbers.length > 1 ? numbers : [];
  const asked: RadiiAsked = {
    starts,
    radii: memoizeByView((view) => radiiOf(view, numbers, policy)),
    alone: memoizeByView((view) => each.map((number) => radiiOf(view, number, policy))),
  };
  return new BlastRadius(asked, moment);
}
