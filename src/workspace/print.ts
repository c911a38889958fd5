import { nouns } from './existing';
import type { Change, Plan } from './plan';

const signs = { create: '+', update: '~' } as const;
const widest = 60;

/** The plan for people, a line for each change and note. */
export function printPlan({ changes, notes }: Plan): string {
  const lines =
    changes.length > 0 ? changes.map(printChange) : ['Nothing to do: the workspace is as its file says.'];
  return [...lines, ...notes.map((note) => `! ${note}`)].join('\n');
}

function printChange({ action, kind, name, fields, before }: Change): string {
  const details = Object.entries(fields).map(([field, value]) =>
    action === 'create'
      ? `${field} ${printValue(value)}`
      : printDifference(field, (before as Record<string, unknown>)[field], value),
  );
  const title = `${signs[action]} ${nouns[kind]} "${name}"`;
  return details.length > 0 ? `${title}: ${details.join(', ')}` : title;
}

/** Two long texts side by side help nobody. */
function printDifference(field: string, before: unknown, after: unknown): string {
  const [from, to] = [printValue(before), printValue(after)];
  return from === to ? `${field} changed` : `${field} ${from} → ${to}`;
}

/** A password in a callback URL is nobody's business. */
function printValue(value: unknown): string {
  if (value === null) return 'none';
  const text = JSON.stringify(value).replace(/(\/\/[^/@:\s"]*):[^/@\s"]*@/g, '$1:***@');
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}
