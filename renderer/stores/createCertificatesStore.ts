import type { CertificateReading, ConsoleClient } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { done, failed, waiting } from "./work.ts";
import type { Work } from "./work.ts";

/** What one endpoint shows, and what became of trusting it. */
export type Look = { readonly endpoint: string; readonly reading: Work<CertificateReading> };

export type CertificatesState = {
  /** By target, in the order of its endpoints. */
  readonly looks: Readonly<Record<string, readonly Look[]>>;
  /** Looks at each endpoint; nothing is sent to any. */
  readonly look: (targetId: string, endpoints: readonly string[]) => Promise<void>;
  /** Trusts exactly the certificate that was looked at, then looks again. */
  readonly trust: (targetId: string, endpoint: string, sha256: string) => Promise<void>;
};

/** The certificates that a person is asked about. */
export function createCertificatesStore(console: ConsoleClient): StoreApi<CertificatesState> {
  return createStore<CertificatesState>()((set, get) => {
    const put = (targetId: string, look: Look): void => {
      const before = get().looks[targetId] ?? [];
      const after = before.map((one) => (one.endpoint === look.endpoint ? look : one));
      set({ looks: { ...get().looks, [targetId]: after } });
    };
    const read = async (targetId: string, endpoint: string, act: () => Promise<unknown>): Promise<void> => {
      put(targetId, { endpoint, reading: waiting });
      try {
        await act();
        const reading = await console.targets.certificate({ targetId, endpointName: endpoint });
        put(targetId, { endpoint, reading: done(reading) });
      } catch (cause) {
        put(targetId, { endpoint, reading: failed(cause) });
      }
    };
    return {
      looks: {},
      look: async (targetId, endpoints) => {
        const looks = endpoints.map((endpoint) => ({ endpoint, reading: waiting }));
        set({ looks: { ...get().looks, [targetId]: looks } });
        await Promise.all(endpoints.map((endpoint) => read(targetId, endpoint, () => Promise.resolve())));
      },
      trust: (targetId, endpoint, sha256) =>
        read(targetId, endpoint, () => console.targets.trust({ targetId, endpointName: endpoint, sha256 })),
    };
  });
}
