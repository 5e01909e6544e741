import type { TargetCommands } from "#contract";
import { useFrom } from "../stores/storesContext.ts";
import { Working } from "../ui/Working.tsx";
import { CommandLine } from "./CommandLine.tsx";
import { ShellHint } from "./ShellHint.tsx";
import { Trouble } from "./Trouble.tsx";

const labels: Readonly<Record<keyof TargetCommands, string>> = {
  revoke: "Revoke runs",
  grants: "Grants are read by",
  sessions: "Sessions are read by",
  transcript: "The transcript is read by",
};

type ShowCommandsProps = {
  readonly targetId: string;
  readonly sessionId?: string;
  readonly acts: readonly (keyof TargetCommands)[];
};

/** Show the command: the exact cmdlet lines behind what stands around it, and the same from a shell. */
export function ShowCommands({ targetId, sessionId, acts }: ShowCommandsProps) {
  const commands = useFrom("commands", (state) => state.byPlace[`${targetId}/${sessionId ?? ""}`]);
  const read = useFrom("commands", (state) => state.read);
  return (
    <details
      className="commands"
      onToggle={(event) => {
        if (event.currentTarget.open) void read(targetId, sessionId ?? null);
      }}
    >
      <summary className="soft small">Show the {acts.length === 1 ? "command" : "commands"}</summary>
      {commands?.phase === "failed" ? (
        <Trouble failure={commands.failure} title="The command could not be shown" />
      ) : commands?.phase === "done" ? (
        <div className="stack">
          {acts.map((act) => (
            <Lines key={act} label={labels[act]} lines={commands.value[act]} />
          ))}
          <ShellHint />
        </div>
      ) : (
        <Working words="Writing down the exact commands…" />
      )}
    </details>
  );
}

function Lines({
  label,
  lines,
}: {
  readonly label: string;
  readonly lines: TargetCommands[keyof TargetCommands];
}) {
  if (lines === null) return null;
  return (
    <div className="stack">
      <CommandLine label={label} line={lines.cmdlet} />
      <CommandLine label={`${label}, from a shell`} line={lines.cli} />
    </div>
  );
}
