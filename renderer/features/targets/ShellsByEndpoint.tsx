import type { OpenShell, ShellsReading } from "#contract";
import { Trouble } from "../../parts/Trouble.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { ShellsTable } from "./ShellsTable.tsx";

type ShellsByEndpointProps = {
  readonly reading: ShellsReading;
  readonly names: readonly string[];
  readonly isBusy: boolean;
  readonly onEnd: (shell: OpenShell) => void;
};

/** The shells of each endpoint; one that was not read says why, and is never called free. */
export function ShellsByEndpoint({ reading, names, isBusy, onEnd }: ShellsByEndpointProps) {
  return (
    <div className="stack">
      <p className="soft small">
        Read <RelativeTime at={reading.readAt} />
      </p>
      {names.map((endpoint) => {
        const shells = reading.shells.filter((shell) => shell.endpoint === endpoint);
        const failed = reading.failures.find((one) => one.endpoint === endpoint);
        return (
          <section key={endpoint} className="stack" aria-label={endpoint}>
            <h3>{endpoint}</h3>
            {failed !== undefined && (
              <Trouble kind="warning" failure={failed.failure} title={`Not read: ${endpoint}`} />
            )}
            {failed === undefined && shells.length === 0 && (
              <p className="soft">Nothing holds a shell here.</p>
            )}
            {shells.length > 0 && (
              <ShellsTable endpoint={endpoint} shells={shells} isBusy={isBusy} onEnd={onEnd} />
            )}
          </section>
        );
      })}
    </div>
  );
}
