import type { OpenShell } from "#contract";
import { Button } from "../../ui/Button.tsx";
import { visibleText } from "../../ui/visibleText.ts";
import { originWords, secondsWords } from "./shellWords.ts";

type ShellsTableProps = {
  readonly endpoint: string;
  readonly shells: readonly OpenShell[];
  readonly isBusy: boolean;
  readonly onEnd: (shell: OpenShell) => void;
};

/** What holds one endpoint's shells; those of this console end with its sign-out, and are not ended here. */
export function ShellsTable({ endpoint, shells, isBusy, onEnd }: ShellsTableProps) {
  return (
    <table className="shells">
      <caption className="only-heard">Shells at {endpoint}</caption>
      <thead>
        <tr>
          <th scope="col">Begun by</th>
          <th scope="col">Age</th>
          <th scope="col">Idle</th>
          <th scope="col">Owner</th>
          <th scope="col">From</th>
          <th scope="col">Configuration</th>
          <th scope="col">Shell</th>
          <th scope="col">End</th>
        </tr>
      </thead>
      <tbody>
        {shells.map((shell) => (
          <tr key={shell.shellId}>
            <th scope="row">{originWords(shell.origin)}</th>
            <td className="numbers">{secondsWords(shell.ageSeconds)}</td>
            <td className="numbers">{secondsWords(shell.idleSeconds)}</td>
            <td>{visibleText(shell.owner ?? "not told")}</td>
            <td className="numbers">{visibleText(shell.clientIp ?? "not told")}</td>
            <td>{visibleText(shell.configuration ?? "not told")}</td>
            <td className="mono" title={visibleText(shell.shellId)}>
              {visibleText(shell.shellId.slice(0, 8))}
              {shell.state !== null && <span className="soft"> {visibleText(shell.state)}</span>}
            </td>
            <td>
              {shell.origin === "thisConsole" ? (
                <span className="soft">in use here</span>
              ) : (
                <Button
                  kind="quiet"
                  disabled={isBusy}
                  name={`End shell ${visibleText(shell.shellId)} at ${endpoint}`}
                  onPress={() => onEnd(shell)}
                >
                  End
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
