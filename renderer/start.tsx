import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { openConsole } from "./host/openConsole.ts";
import { followConsoleClock } from "./parts/followConsoleClock.ts";
import { createStores } from "./stores/createStores.ts";
import { StoresContext } from "./stores/storesContext.ts";

/** The page's only composition: open the console, make the stores, draw. */
export function start(): void {
  const console = openConsole(window);
  const stores = createStores(console);
  followConsoleClock(stores);
  const root = document.getElementById("page");
  if (root === null) throw new Error("index.html has no element #page");
  createRoot(root).render(
    <StoresContext value={stores}>
      <App nonce={styleNonce()} />
    </StoresContext>,
  );
}

/** Where the server fills in no nonce (development) the text stays as written, and no CSP asks for one. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}
