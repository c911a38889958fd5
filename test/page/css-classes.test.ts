import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '../..');

/** The sources of each page, and the folders of its style sheets. */
const pages = {
  'the lifecycle page': ['assets'],
  'the inspector': ['src/inspector-page', 'assets/design', 'assets/explanation'],
};

/** Classes without a rule of their own, by which tests find an element. */
const unstyled = new Set(['address', 'signed', 'queue']);

function filesIn(folder: string, extension: RegExp): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => extension.test(file))
    .map((file) => path.join(root, folder, file));
}

/** The class names in the attributes `class` of a component or an HTML file. */
function usedClasses(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.html'))
    return [...text.matchAll(/\bclass="([^"]*)"/g)].flatMap(([, names = '']) => words(names));
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxAttribute(node) && node.name.getText() === 'class' && node.initializer) {
      found.push(...texts(node.initializer).flatMap(words));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

/** The texts that an attribute can have, without the conditions and variables in it. */
function texts(node: ts.Node | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) return texts(node.expression);
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...texts(node.left), ...texts(node.right)];
  if (!ts.isTemplateExpression(node)) return [];
  return [
    node.head.text,
    ...node.templateSpans.flatMap((span) => [...texts(span.expression), span.literal.text]),
  ];
}

const words = (names: string) => names.split(/\s+/).filter((name) => name !== '');

/** The class names in the selectors of a style sheet. */
function styledClasses(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*.*?\*\//gs, '');
  const selectors = [...text.matchAll(/([^{};]*)\{/g)].map(([, selector = '']) => selector);
  return selectors.flatMap((selector) =>
    [...selector.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => name),
  );
}

// A renamed class once left the inspector's rows without their layout.
it.each(Object.entries(pages))('%s has a rule for every class', (_, folders) => {
  const styled = new Set(folders.flatMap((folder) => filesIn(folder, /\.css$/)).flatMap(styledClasses));
  const missing = folders
    .flatMap((folder) => filesIn(folder, /\.(tsx|html)$/))
    .flatMap((file) => usedClasses(file).map((name) => ({ name, file: path.relative(root, file) })))
    .filter(({ name }) => !styled.has(name) && !unstyled.has(name))
    .map(({ name, file }) => `${file}: ${name}`);
  expect(styled.size).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
