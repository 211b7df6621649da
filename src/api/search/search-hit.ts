import { Field, ObjectType } from 'type-graphql';
import { MATCHES, type Match } from '../../store/match-rank.js';
import { Entity } from '../entity/entity.js';
import { enumOf } from '../types/enums.js';

export const SearchMatch = enumOf('SearchMatch', 'How an entity matches a text, the best first.', MATCHES, {
  EXACT: 'The text is its name, address, login or id.',
  BEGINNING: 'Its name, address or login begins with the text.',
  WORD: 'A later word of its name begins with the text.',
  INSIDE: 'The text is inside its name, address or login.',
  ID_BEGINNING: 'Its id, or its id in its source, begins with the text.',
  ID_INSIDE: 'The text is inside its id, or its id in its source.',
});

@ObjectType({ description: 'An entity that a text may mean.', simpleResolvers: true })
export class SearchHit {
  @Field(() => Entity, { description: 'The entity.' })
  readonly entity: Entity;

  @Field(() => SearchMatch, { description: 'How it matches.' })
  readonly match: Match;

  constructor(entity: Entity, match: Match) {
    this.entity = entity;
    this.match = match;
  }
}
