import { readFileSync } from 'node:fs';
import { parametersOfOperation } from '../../src/taskrouter/api/operation-parameters';

/** As much of the description as names parameters. */
interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly properties?: object } }>>;
  };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** The worker SDK sends these plurals; Twilio's description lists them in the singular alone. */
const undescribed = /Events$/;

const file = process.env.TWILIO_OPENAPI;
const withDocument = file ? it : it.skip;

withDocument("lists the parameters of Twilio's OpenAPI, and no others (needs TWILIO_OPENAPI)", () => {
  const { paths }: Document = JSON.parse(readFileSync(file ?? '', 'utf8'));
  const operations = Object.values(paths).flatMap((item) =>
    Object.values(item).filter(({ operationId }) => operationId),
  );
  expect(operations).toHaveLength(61);
  for (const { operationId, parameters = [], requestBody } of operations) {
    const query = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
    const form = requestBody?.content['application/x-www-form-urlencoded']?.schema.properties ?? {};
    const ours = parametersOfOperation(operationId).filter((name) => !undescribed.test(name));
    expect([operationId, ...new Set(ours)].sort()).toEqual(
      [operationId, ...query, ...Object.keys(form)].sort(),
    );
  }
});
