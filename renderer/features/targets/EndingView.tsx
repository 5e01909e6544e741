import type { Ending } from "../../stores/createShellsStore.ts";
import type { Work } from "../../stores/work.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { visibleText } from "../../ui/visibleText.ts";
import { Working } from "../../ui/Working.tsx";
import { shellCount } from "./shellWords.ts";

/** What ending shells came to; what could not be ended is named. */
export function EndingView({ ending }: { readonly ending: Work<Ending> }) {
  if (ending.phase === "waiting") return <Working words="Ending shells…" />;
  if (ending.phase !== "done") return null;
  const { ended, failures } = ending.value;
  return (
    <>
      {ended.length > 0 && <Banner kind="good" title={`${shellCount(ended.length)} ended`} />}
      {failures.map(({ what, failure }) => (
        <Trouble key={what} failure={failure} title={`Not ended: ${visibleText(what)}`} />
      ))}
    </>
  );
}
