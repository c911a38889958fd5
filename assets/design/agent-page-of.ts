/** The page of a worker. @param worker sid or name */
export function agentPageOf(worker: string): string {
  return `/agent.html?${new URLSearchParams({ worker })}`;
}
