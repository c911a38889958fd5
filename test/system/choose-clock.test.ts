import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ClockMode, chooseClock } from '../../src/system/choose-clock';
import { systemClock } from '../../src/system/clock';
import { ConfigurationError } from '../../src/system/config';
import { keepTime, readKeptTime } from '../../src/system/kept-time';
import type { VirtualClock } from '../../src/system/virtual-clock';

const folders: string[] = [];
const day = 86_400_000;

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'taskrouter-clock-'));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const choose = (mode: ClockMode, dataDirectory: string | null, mayGoBack = false) =>
  chooseClock({ mode, dataDirectory, mayGoBack, settled: async () => undefined });
const virtual = (dataDirectory: string | null) => choose('virtual', dataDirectory) as VirtualClock;

it('starts at the present and continues where it stopped', async () => {
  const folder = newFolder();
  const before = Date.now();
  const first = virtual(folder);
  expect(first.now()).toBeGreaterThanOrEqual(before);
  await first.advance(2 * day);
  const again = virtual(folder);
  expect([again.now(), again.running]).toEqual([first.now(), false]);
});

it('stores nothing without a data directory', async () => {
  const clock = virtual(null);
  await clock.advance(day);
  expect(virtual(null).now()).toBeLessThan(clock.now());
});

it('continues running, by the time that passed meanwhile', () => {
  const folder = newFolder();
  keepTime(folder, { time: 5000, running: true }, 100_000);
  expect(readKeptTime(folder, 103_000)).toEqual({ time: 8000, running: true });
  // A wall clock that was set back does not take ours with it.
  expect(readKeptTime(folder, 90_000)).toEqual({ time: 5000, running: true });
});

it("refuses this computer's clock over a state that is ahead of it, unless the state is to be reset", async () => {
  const folder = newFolder();
  await virtual(folder).advance(day);
  expect(() => choose('system', folder)).toThrow(ConfigurationError);
  expect(choose('system', folder, true)).toBe(systemClock);
  // Neither refusing nor resetting lets the virtual clock forget where it is.
  expect(virtual(folder).now()).toBeGreaterThan(Date.now());
});

it("uses this computer's clock once it has caught up, and forgets the other", () => {
  const folder = newFolder();
  keepTime(folder, { time: Date.now() - 1, running: false }, Date.now());
  expect(choose('system', folder)).toBe(systemClock);
  expect(readKeptTime(folder, Date.now())).toBeNull();
});

it('refuses a damaged file, because time would go back', () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'clock.json'), '{"time":');
  expect(() => virtual(folder)).toThrow('clock.json is damaged');
});
