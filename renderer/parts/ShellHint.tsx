import { useFrom } from "../stores/storesContext.ts";
import { CommandLine } from "./CommandLine.tsx";

/** How a shell gets to know `rsc`, so that the lines beside this can be pasted there as they are. */
export function ShellHint() {
  const shell = useFrom("link", (state) => state.host?.shell ?? null);
  if (shell === null) return null;
  if (shell.rsc === null)
    return (
      <p className="soft small">
        This copy of the console has no command line. A checkout of it has: <code>npm ci</code> there, and{" "}
        <code>npm run --silent rsc -- …</code> stands for <code>rsc …</code>.
      </p>
    );
  return (
    <>
      <p className="soft small">
        No shell knows <code>rsc</code> by itself. In the console’s own folder{" "}
        <code>npm run --silent rsc -- …</code> stands for <code>rsc …</code>; anywhere else, paste one of the
        lines below once, and the lines above run as they are.
      </p>
      <details className="commands">
        <summary className="soft small">Make rsc a command of this shell</summary>
        <div className="stack">
          <CommandLine label="In bash, until it is closed" line={shell.rsc.bash} />
          <CommandLine label="In PowerShell, until it is closed" line={shell.rsc.powershell} />
        </div>
      </details>
    </>
  );
}
