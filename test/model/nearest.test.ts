import { expect, test } from '@jest/globals';
import { nearest } from '../../src/model/nearest.js';

const TYPES = ['ACCESS', 'REFRESH', 'API_KEY', 'SSH_KEY', 'DEPLOY_KEY'];

test.each([
  ['ssh-kye', ['SSH_KEY']],
  ['refrsh', ['REFRESH']],
  ['dep', ['DEPLOY_KEY']],
  ['acess', ['ACCESS']],
  ['spi_key', ['API_KEY', 'SSH_KEY']],
  ['banana', []],
  ['', []],
])('%s is meant to be %j', (word, meant) => {
  expect(nearest(word, TYPES)).toEqual(meant);
});
