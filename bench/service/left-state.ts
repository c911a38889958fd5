import { contradictions, exceededCapacities } from '../../test/support/contradictions';
import { readStoredState } from '../../test/support/stored-state';

/** Speed counts only if the state is right. @throws Error that names what is wrong in a data directory */
export function checkLeftState(dataDirectory: string): void {
  const state = readStoredState(dataDirectory);
  const found = [...contradictions(state), ...exceededCapacities(state)];
  if (found.length > 0) throw new Error(`The state contradicts itself: ${found.slice(0, 5).join('; ')}`);
}
