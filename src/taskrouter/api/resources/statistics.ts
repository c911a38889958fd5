import { NotBuilt } from '../../model/errors';

/** Statistics are a later step of this project; until then each operation says so by its name. */
export function statisticsNotBuilt(operation: string): () => never {
  return () => {
    throw new NotBuilt(operation);
  };
}
