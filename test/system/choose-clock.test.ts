import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ClockMode, chooseClock } from '../../src/system/choose-clock';
import { ConfigurationError } from '../../src/system/config';
import { keepTime, readKeptTime } from '../../src/system/kept-time';
import { SystemClock } from '../../src/system/system-clock';
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

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
});

const choose = (
  mode: ClockMode,
  dataDirectory: string | null,
  mayGoBack = false,
  lastTime: number | null = null,
) =>
  chooseClock({
    mode,
    dataDirectory,
    lastTime,
    mayGoBack,
    settled: async () => undefined,
    warn: (message) => void warnings.push(message),
  });
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
  expect(choose('system', folder, true)).toBeInstanceOf(SystemClock);
  // Neither refusing nor resetting lets the virtual clock forget where it is.
  expect(virtual(folder).now()).toBeGreaterThan(Date.now());
});

it("uses this computer's clock once it has caught up, and forgets the other", () => {
  const folder = newFolder();
  keepTime(folder, { time: Date.now() - 1, running: false }, Date.now());
  expect(choose('system', folder)).toBeInstanceOf(SystemClock);
  expect(readKeptTime(folder, Date.now())).toBeNull();
});

it('refuses a damaged file, because time would go back', () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'clock.json'), '{"time":');
  expect(() => virtual(folder)).toThrow('clock.json is damaged');
});

it('continues from the time of the stored state when the clock went back since, and says so', async () => {
  const lastTime = Date.now() + 2 * 3_600_000 + 30_000;
  expect(choose('system', newFolder(), false, lastTime).now()).toBeGreaterThanOrEqual(lastTime);
  expect(warnings).toEqual([
    expect.stringMatching(/^The stored state is 2 h ahead of this computer's clock, which went back\. /),
  ]);
  expect(choose('virtual', newFolder(), false, lastTime).now()).toBe(lastTime);
});

it('continues a virtual clock that was running from the stored state when the wall clock went back since', () => {
  const folder = newFolder();
  const present = Date.now();
  keepTime(folder, { time: present, running: true }, present + 3_600_000);
  expect(choose('virtual', folder, false, present + day).now()).toBeGreaterThanOrEqual(present + day);
});

it('says nothing when the stored state is not ahead, and returns to the present when it is to be reset', () => {
  const present = Date.now();
  expect(choose('system', newFolder(), false, present - day).now()).toBeLessThan(present + day);
  expect(choose('system', newFolder(), true, present + day).now()).toBeLessThan(present + day);
  expect(choose('virtual', newFolder(), true, present + day).now()).toBeLessThan(present + day);
  expect(warnings).toEqual([]);
});

it.each([
  [-7_200_500, /^This computer's clock went back by 2 h\. /],
  [5_400_500, /^This computer's clock went forward by 1 h 30 min, or the computer slept\. /],
])('says that the clock jumped by %i ms, once', (byMs, message) => {
  const clock = choose('system', null);
  const { now } = Date;
  const spy = jest.spyOn(Date, 'now').mockImplementation(() => now() + byMs);
  clock.now();
  clock.now();
  spy.mockRestore();
  expect(warnings).toEqual([expect.stringMatching(message)]);
});
