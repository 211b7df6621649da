import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description: 'An object that can be queried by its id alone.',
  autoRegisterImplementations: false,
  // Every class has the name of its GraphQL type.
  resolveType: (value: object) => value.constructor.name,
})
export abstract class Node {
  @Field(() => ID, { description: 'Its id, unique over all sources.', simple: true })
  abstract readonly id: string;
}
