import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { errorStatus } from '../src/adapter/error-response';
import { LifecycleError, type LifecycleErrorCode } from '../src/steps/errors';
import { documents, found, pages, projectRoot, readDocument } from './support/documents';

/** The path of a linked file, from the project root, and its anchor. */
interface Link {
  readonly file: string;
  readonly anchor: string | undefined;
}

const links = (document: string): Link[] =>
  found(document, /(?:\]\(|(?:src|srcset)=")(?!https?:)([^)"\s]+)/g).map((target) => {
    const [file = '', anchor] = target.split('#');
    return { file: file === '' ? document : path.posix.join(path.posix.dirname(document), file), anchor };
  });

/** As GitHub makes them: https://docs.github.com/get-started/writing-on-github */
const anchors = (document: string): string[] =>
  found(document, /^#+ (.*)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );

describe.each(documents)('%s', (document) => {
  it('links to files that exist', () => {
    const missing = links(document).filter(({ file }) => !existsSync(path.join(projectRoot, file)));
    expect(missing).toEqual([]);
  });

  it('links to headings that exist', () => {
    const broken = links(document).filter(
      ({ file, anchor }) => anchor !== undefined && !anchors(file).includes(anchor),
    );
    expect(broken).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const named = found(document, /`((?:src|test|scripts|bench|docs|assets|functions)\/[\w./-]*)`/g);
    expect(named.filter((file) => !existsSync(path.join(projectRoot, file)))).toEqual([]);
  });
});

it('links every page from the README', () => {
  const linked = links('README.md').map(({ file }) => file);
  expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
});

it('keeps the README short', () => {
  expect(readDocument('README.md').split('\n').length).toBeLessThanOrEqual(180);
});

describe('the Functions reference', () => {
  const reference = 'docs/functions.md';

  /** Error codes by HTTP status, as a table lists them. */
  const listed = (heading: string): [string, number][] => {
    const section =
      readDocument(reference)
        .split(/^##+ /m)
        .find((text) => text.startsWith(heading)) ?? '';
    return [...section.matchAll(/^\| (\d{3}) \| ([^|]*) \|/gm)].flatMap(([, status, codes = '']) =>
      [...codes.matchAll(/`(\w+)`/g)].map(([, code = '']): [string, number] => [code, Number(status)]),
    );
  };

  it('lists every error code of the Functions with its status', () => {
    const source = readFileSync(path.join(projectRoot, 'src/steps/errors.ts'), 'utf8');
    const codes = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code]) => code as LifecycleErrorCode);
    const expected = codes.map((code) => [code, errorStatus(new LifecycleError(code, ''))]);
    expect(listed('Errors\n').sort()).toEqual(expected.sort());
  });

  it('lists the error codes of the local host, and no others', () => {
    const host = path.join(projectRoot, 'src/host');
    const files = readdirSync(host, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const guard = path.join(projectRoot, 'src/common/operator-guard.ts');
    const read = [guard, ...files.map((file) => path.join(host, file))];
    const source = read.map((file) => readFileSync(file, 'utf8')).join('\n');
    const codes = [...source.matchAll(/\bcode: '(\w+)'/g)].map(([, code]) => code);
    const documented = listed('Errors from the local host').map(([code]) => code);
    expect(codes.filter((code) => !documented.includes(String(code)))).toEqual([]);
    expect(documented.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
  });

  it('describes every Function', () => {
    const urls = readdirSync(path.join(projectRoot, 'functions')).map((file) => `/${file.split('.')[0]}`);
    expect(urls.filter((url) => !readDocument(reference).includes(`\`${url}\``))).toEqual([]);
  });
});
