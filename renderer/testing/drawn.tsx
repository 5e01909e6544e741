import { consoleContract } from "#contract";
import type { ConsoleHandlers } from "#contract";
import { memoryPair, serve } from "#rpc";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createLink } from "../host/openConsole.ts";
import { followConsoleClock } from "../parts/followConsoleClock.ts";
import { createStores } from "../stores/createStores.ts";
import type { Stores } from "../stores/createStores.ts";
import { StoresContext } from "../stores/storesContext.ts";

export type Handlers = { readonly [A in keyof ConsoleHandlers]?: Partial<ConsoleHandlers[A]> };

const host = {
  describe: async () => ({
    host: "serve",
    version: "0.1.0",
    canSaveFile: false,
    canNotify: false,
    canOpenExternal: false,
    canPractise: true,
    suggestedOperator: "",
    shell: { data: null, rsc: null },
  }),
};

/** Draws something of the page on real stores and a real client; only the named handlers stand behind it. */
export async function drawn(children: ReactNode, handlers: Handlers = {}): Promise<Stores> {
  const [page, end] = memoryPair();
  serve(consoleContract, { host, ...handlers } as unknown as ConsoleHandlers, end, {
    log: { write: () => undefined },
  });
  const stores = createStores(createLink(() => Promise.resolve(page)));
  followConsoleClock(stores);
  await connected(stores);
  render(<StoresContext value={stores}>{children}</StoresContext>);
  return stores;
}

function connected({ link }: Stores): Promise<void> {
  return new Promise((resolve) => {
    const leave = link.subscribe(({ phase }) => {
      if (phase !== "connected") return;
      leave();
      resolve();
    });
  });
}
