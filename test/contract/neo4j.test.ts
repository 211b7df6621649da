import { jest } from '@jest/globals';
import { openOnServer } from '../support/neo4j/opened.js';
import { contract } from './contract.js';

/** Milliseconds. A server that has just started and shares its processors takes long to plan and to empty. */
jest.setTimeout(240_000);

contract('the Neo4j engine', openOnServer);
