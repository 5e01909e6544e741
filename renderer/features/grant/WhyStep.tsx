import { TextField } from "../../ui/TextField.tsx";
import { useWizard } from "./useWizard.ts";

/** For the record: who, why and which case. The target sees none of it. */
export function WhyStep({ targetId }: { readonly targetId: string }) {
  const { wizard, dispatch, problems, nextOnEnter } = useWizard(targetId);
  if (wizard === undefined) return null;
  const { operator, reason, caseNumber } = wizard.draft;
  return (
    <section className="box stack narrow" aria-labelledby="why-title">
      <h2 id="why-title">Why is it opened, and by whom?</h2>
      <p className="soft">This stands on the receipt and in the ledger. The target never sees it.</p>
      <TextField
        label="Operator"
        hint="Your name as it will be recorded"
        required
        value={operator}
        onKeyDown={nextOnEnter}
        problem={problems.operator ?? null}
        onChange={(text) => dispatch({ type: "typed", field: "operator", text })}
      />
      <TextField
        label="Reason"
        required
        lines={3}
        value={reason}
        problem={problems.reason ?? null}
        onChange={(text) => dispatch({ type: "typed", field: "reason", text })}
      />
      <TextField
        label="Case number"
        hint="May stay empty when there is none yet"
        value={caseNumber}
        onKeyDown={nextOnEnter}
        problem={problems.caseNumber ?? null}
        onChange={(text) => dispatch({ type: "typed", field: "caseNumber", text })}
      />
    </section>
  );
}
