import axios from 'axios/package.json';
import twilio from 'twilio/package.json';
import ws from 'ws/package.json';
import { clients } from './clients';
import { triedVersions } from './tried';

it('documents each client that is tried, and the versions of the packages', () => {
  const tried = triedVersions();
  expect([...tried.keys()].sort()).toEqual(
    [
      'twilio-node, also with an edge location and a region',
      '`fetch` and `https.get` of Node.js',
      'axios',
      'ws',
      ...clients.map(({ name }) => name),
    ].sort(),
  );
  expect([...tried.values()]).toEqual(
    expect.arrayContaining([twilio, axios, ws].map(({ version }) => version)),
  );
});
