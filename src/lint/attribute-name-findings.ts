import { type Finding, finding, pointerTo } from './finding';
import type { LintedWorkspace } from './linted-workspace';

/** A keyword cannot start a reference, and `-` is not part of a name: see expression.peggy. */
const readable = /^(?!(?:AND|OR|NOT|IN|HAS|CONTAINS|true|false|null)$)[A-Za-z_$][\w$]*$/i;

/** Attributes that no expression can read by their names. */
export function attributeNameFindings({ workers, exampleTasks = [] }: LintedWorkspace): Finding[] {
  const documents = [
    ...workers.map(({ attributes = {} }, index) => ({
      attributes,
      place: pointerTo('workers', index, 'attributes'),
    })),
    ...exampleTasks.map((attributes, index) => ({ attributes, place: pointerTo('exampleTasks', index) })),
  ];
  return documents.flatMap(({ attributes, place }) =>
    Object.keys(attributes)
      .filter((name) => !readable.test(name))
      .map((name) => unreadable(name, `${place}${pointerTo(name)}`)),
  );
}

const unreadable = (name: string, place: string) =>
  finding(
    'unreadable_attribute',
    `Expressions cannot read an attribute called ${JSON.stringify(name)}`,
    'Use letters, digits and _, and no keyword such as in or not, if an expression needs it.',
    place,
  );
