import axios from 'axios/package.json';
import twilio from 'twilio/package.json';
import workerSdk from 'twilio-taskrouter/package.json';
import ws from 'ws/package.json';
import { clients, twilioNodeVersions } from './clients';
import { triedVersions } from './tried';

const tried = triedVersions();

/** The packages that test/cli/programs/clients.js and programs/agent.js use, by their names in the table. */
const packages = new Map([
  ['twilio-node, also with an edge location and a region', twilio.version],
  ['axios', axios.version],
  ['ws', ws.version],
  ['twilio-taskrouter, also with an edge location and a region', workerSdk.version],
]);

it.each([...packages])('lists the version of %s that is tried', (name, version) => {
  expect(tried.get(name)).toBe(version);
});

it('lists the clients that are tried, and no others', () => {
  const names = [
    '`fetch` and `https.get` of Node.js',
    'twilio-node, earlier',
    // test/twilio-cli
    'Twilio CLI',
    ...packages.keys(),
    ...clients.map(({ name }) => name),
  ];
  expect(tried.get('twilio-node, earlier')).toBe(twilioNodeVersions.join(', '));
  expect([...tried.keys()].sort()).toEqual(names.sort());
});
