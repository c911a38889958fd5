import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const projectRoot = path.join(__dirname, '..', '..');

/** The pages in docs/, as paths from the project root. */
export const pages = readdirSync(path.join(projectRoot, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.posix.join('docs', file));

/** Every document for users and contributors, as paths from the project root. */
export const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...pages];

export const readDocument = (document: string): string =>
  readFileSync(path.join(projectRoot, document), 'utf8');

/** The first group of each match in a document, without duplicates. */
export const found = (document: string, pattern: RegExp): string[] => [
  ...new Set([...readDocument(document).matchAll(pattern)].map(([, text = '']) => text)),
];

/** The fenced code blocks of one language, in order. */
export function codeBlocks(document: string, language: string): string[] {
  const fenced = [...readDocument(document).matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  return fenced.filter(([, name]) => name === language).map(([, , text = '']) => text);
}
