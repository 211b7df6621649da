import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/** The floor of a GraphQL answer over HTTP: the hello-world of Apollo Server's own documentation. Run as a program. */
const server = new ApolloServer({
  typeDefs: 'type Query { hello: String! }',
  resolvers: { Query: { hello: () => 'world' } },
});
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
console.log(`${url}\nready`);
process.once('SIGTERM', () => process.exit(0));
