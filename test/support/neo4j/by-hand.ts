import { keep } from './running.js';
import { sentenceOf, startServer } from './start-server.js';

/** `npm run neo4j`: the tests' server, for a developer to look at; it runs until it is interrupted. */
const server = keep(
  await startServer((line) => console.error(line)).catch((error: unknown) => {
    console.error(`There is no Neo4j here: ${sentenceOf(error)}`);
    process.exit(1);
  }),
);
console.log(`TENDRIL_STORE=${server.uri}`);
console.log(`TENDRIL_NEO4J_USER=${server.user}`);
console.log(`TENDRIL_NEO4J_PASSWORD=${server.password}`);
console.log('It runs, with an empty database, until Ctrl-C. Set these variables where you start Tendril.');
setInterval(() => {}, 60_000);
