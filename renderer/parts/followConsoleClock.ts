import type { Stores } from "../stores/createStores.ts";
import { setConsoleAhead } from "../ui/consoleClock.ts";

/** All that draws a time goes by the console's clock, as each snapshot of the doors tells it. */
export function followConsoleClock({ targets }: Pick<Stores, "targets">): void {
  targets.subscribe(({ consoleAheadMs }) => setConsoleAhead(consoleAheadMs ?? 0));
}
