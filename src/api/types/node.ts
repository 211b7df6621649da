import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description: 'Something that can be asked for by its id alone.',
  autoRegisterImplementations: false,
  // Every class of ours is named as its type.
  resolveType: (value: object) => value.constructor.name,
})
export abstract class Node {
  @Field(() => ID, { description: 'Its id, unique over all sources.', simple: true })
  abstract readonly id: string;
}
