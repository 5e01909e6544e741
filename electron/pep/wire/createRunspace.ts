import type { ClientShell } from "./clientShell.ts";
import { createOnce } from "./createOnce.ts";
import { endLeft } from "./endLeft.ts";
import { mostCarried } from "./exchange.ts";
import { namingShells } from "./namingShells.ts";
import { receiveUntilOpen } from "./receiveUntilOpen.ts";

/**
 * Creates the shell and receives until its runspace is open. It is noted before it exists, and what was left at this
 * endpoint before is ended first.
 */
export async function createRunspace(shell: ClientShell, signal: AbortSignal): Promise<void> {
  const { lines, context, noted, psrp } = shell;
  await lines.get("main", signal);
  if (noted !== undefined) await endLeft({ lines, context, ...noted }, signal);
  note(shell, shell.shellId);
  psrp.open();
  const creationXml = psrp.take(null, mostCarried)?.bytes ?? new Uint8Array();
  const onMaybe = (): void => {
    shell.mayExist = true;
  };
  const { shellId, culture } = await createOnce(shell, creationXml, onMaybe, signal).catch(
    async (error: unknown) => {
      throw await namingShells(error, { lines, context, signal });
    },
  );
  shell.mayExist = true;
  shell.culture = culture;
  if (shellId !== shell.shellId) rename(shell, shellId);
  await receiveUntilOpen(shell, signal);
}

function rename(shell: ClientShell, shellId: string): void {
  note(shell, shellId);
  shell.noted?.journal.ended(shell.shellId);
  shell.shellId = shellId;
}

function note({ noted, context }: ClientShell, shellId: string): void {
  noted?.journal.begin({ shellId, endpoint: context.to, account: noted.account });
}
