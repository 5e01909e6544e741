import type { ConsoleClient } from "#contract";
import { UsageError } from "../exitCodes.ts";
import type { Options } from "../options.ts";

/** Who acts: `--operator`, else the remembered name, else the name the operating system knows the person by. */
export async function operatorName(
  console: ConsoleClient,
  options: Options,
  signal: AbortSignal,
): Promise<string> {
  const remembered = (await console.settings.read({}, { signal })).operator;
  const suggested = (await console.host.describe({}, { signal })).suggestedOperator;
  const name = [options.operator, remembered, suggested].find(
    (candidate) => candidate !== undefined && candidate.trim() !== "",
  );
  if (name === undefined) throw new UsageError("--operator NAME is needed: it goes into the receipt.");
  return name;
}
