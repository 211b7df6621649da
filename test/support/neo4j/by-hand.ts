import { keep } from './running.js';
import { startServer } from './start-server.js';

/** `npm run neo4j`: the tests' server, for a developer to look at; it runs until it is interrupted. */
const server = keep(await startServer((line) => console.error(line)));
console.log(`TENDRIL_STORE=${server.uri}`);
console.log(`TENDRIL_NEO4J_USER=${server.user}`);
console.log(`TENDRIL_NEO4J_PASSWORD=${server.password}`);
console.log('It runs, with an empty database, until Ctrl-C.');
setInterval(() => {}, 60_000);
