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

// The same runs every time; remove the seed to look further.
fc.configureGlobal({ seed: 20_261_122 });

it('writes names for sids, and leaves what is gone as it is', () => {
  const text = `worker.sid == "${alice}" OR workers.${busy} > 0 OR worker.sid == "${gone}"`;
  expect(textWithNames(text, lookup)).toBe(
    `worker.sid == "\${worker:Alice}" OR workers.\${activity:Busy} > 0 OR worker.sid == "${gone}"`,
  );
});

it('knows what a text refers to', () => {
  const text = `a \${worker:Al\\}ice} \${activity:Busy} \${taskQueue:Support} $\${worker:Bob} \${other:X} \${worker:`;
  expect(referencesIn(text)).toEqual([
    { kind: 'worker', name: 'Al}ice', isClosed: true },
    { kind: 'activity', name: 'Busy', isClosed: true },
    { kind: 'taskQueue', name: 'Support', isClosed: true },
    { kind: 'worker', name: '', isClosed: false },
  ]);
});

it('takes a reference with one more $ for a text', () => {
  expect(textWithSids(`x == "$\${worker:Alice}"`, lookup)).toBe(`x == "\${worker:Alice}"`);
});

it('puts names where somebody left sids in a file, and touches no reference', () => {
  expect(textWithReferences(`\${worker:Alice} ${alice} $\${worker:Bob}`, lookup)).toBe(
    `\${worker:Alice} \${worker:Alice} $\${worker:Bob}`,
  );
});

const pieces = fc.constantFrom(
  ...['$', '${', '{', '}', '\\', '"', 'worker:', 'activity:', 'taskQueue:', 'Alice', ' == ', '😀'],
  ...[busy, alice, odd, gone],
);

it('gives TaskRouter’s own text back, whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      expect(textWithSids(textWithNames(text, lookup), lookup)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

it('leaves no sid that has a name, unless a $ stands before it', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const written = textWithNames(parts.join(''), lookup);
      for (const sid of Object.keys(names))
        expect(written).not.toMatch(new RegExp(`(?<![$\\w])${sid}(?!\\w)`));
    }),
    { numRuns: 1000 },
  );
});
