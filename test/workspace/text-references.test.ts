import fc from 'fast-check';
import {
  type ReferenceKind,
  referencesIn,
  textWithNames,
  textWithReferences,
  textWithSids,
} from '../../src/workspace/file/text-references';

const busy = `WA${'0'.repeat(31)}1`;
const alice = `WK${'0'.repeat(31)}2`;
const odd = `WK${'0'.repeat(31)}3`;
const gone = `WK${'f'.repeat(32)}`;
const names: Readonly<Record<string, string>> = { [busy]: 'Busy', [alice]: 'Alice', [odd]: `a\\b} "\${x}"` };

const lookup = {
  nameOf: (_: ReferenceKind, sid: string) => names[sid],
  sidOf: (_: ReferenceKind, name: string) =>
    Object.keys(names).find((sid) => names[sid] === name) ?? `no sid of ${name}`,
};

// The runs are the same every time. Remove the seed to search further.
fc.configureGlobal({ seed: 20_261_122 });

it('replace sids with names, and leave sids of deleted entities', () => {
  const text = `worker.sid == "${alice}" OR workers.${busy} > 0 OR worker.sid == "${gone}"`;
  expect(textWithNames(text, lookup)).toBe(
    `worker.sid == "\${worker:Alice}" OR workers.\${activity:Busy} > 0 OR worker.sid == "${gone}"`,
  );
});

it('list the references in a text', () => {
  const text = `a \${worker:Al\\}ice} \${activity:Busy} \${taskQueue:Support} $\${worker:Bob} \${other:X} \${worker:`;
  expect(referencesIn(text)).toEqual([
    { kind: 'worker', name: 'Al}ice', isClosed: true },
    { kind: 'activity', name: 'Busy', isClosed: true },
    { kind: 'taskQueue', name: 'Support', isClosed: true },
    { kind: 'worker', name: '', isClosed: false },
  ]);
});

it('read a reference with an extra $ as text', () => {
  expect(textWithSids(`x == "$\${worker:Alice}"`, lookup)).toBe(`x == "\${worker:Alice}"`);
});

it('replace sids in a file with names, and keep existing references', () => {
  expect(textWithReferences(`\${worker:Alice} ${alice} $\${worker:Bob}`, lookup)).toBe(
    `\${worker:Alice} \${worker:Alice} $\${worker:Bob}`,
  );
});

const pieces = fc.constantFrom(
  ...['$', '${', '{', '}', '\\', '"', 'worker:', 'activity:', 'taskQueue:', 'Alice', ' == ', '😀'],
  ...[busy, alice, odd, gone],
);

it('restore TaskRouter’s own text, whatever it contains', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      expect(textWithSids(textWithNames(text, lookup), lookup)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

it('leave no sid that has a name, unless a $ precedes it', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const written = textWithNames(parts.join(''), lookup);
      for (const sid of Object.keys(names))
        expect(written).not.toMatch(new RegExp(`(?<![$\\w])${sid}(?!\\w)`));
    }),
    { numRuns: 1000 },
  );
});
