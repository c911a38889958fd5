import type { FastifyServerOptions } from 'fastify';

const refuse = () => {
  throw new Error(
    'This server is created without compilers for JSON schemas, so its routes cannot have schemas.',
  );
};

/**
 * For a server whose routes have no JSON schemas. Fastify would load its compilers for them at every start, which takes
 * 60 ms of the processor: https://fastify.dev/docs/latest/Reference/Server/#schemacontroller
 */
export const withoutSchemas: Pick<FastifyServerOptions, 'schemaController'> = {
  schemaController: { compilersFactory: { buildValidator: refuse, buildSerializer: refuse } },
};
