import type { StampCounts } from "./runningStamp.ts";

/** What a started endpoint offers to the stamp. */
export type StartedEndpoint = {
  readonly port: number;
  readonly counts: StampCounts;
  close(): Promise<void>;
};

/** The place of one endpoint: it keeps its port and its counts while the endpoint goes down and comes up. */
export type EndpointPlace<Started extends StartedEndpoint> = {
  readonly port: number;
  /** The endpoint itself, null while it is down. */
  current(): Started | null;
  counts(): StampCounts;
  takeDown(): Promise<void>;
  bringUp(): Promise<void>;
};

const none: StampCounts = { envelopes: 0, httpRequests: 0, connections: 0 };

/** Starts an endpoint; `start` is called again, with the port it got, each time it comes up. */
export async function openEndpointPlace<Started extends StartedEndpoint>(
  start: (port: number) => Promise<Started>,
  wantedPort: number,
): Promise<EndpointPlace<Started>> {
  let running: Started | null = await start(wantedPort);
  let before = none;
  const { port } = running;
  return {
    port,
    current: () => running,
    counts: () => (running === null ? before : sumOfCounts([before, running.counts])),
    takeDown: async () => {
      const leaving = running;
      if (leaving === null) return;
      before = sumOfCounts([before, leaving.counts]);
      running = null;
      await leaving.close();
    },
    bringUp: async () => {
      running ??= await start(port);
    },
  };
}

/** All counts added up. */
export function sumOfCounts(counts: readonly StampCounts[]): StampCounts {
  return counts.reduce(
    (sum, one) => ({
      envelopes: sum.envelopes + one.envelopes,
      httpRequests: sum.httpRequests + one.httpRequests,
      connections: sum.connections + one.connections,
    }),
    none,
  );
}
