import { Checkbox } from "@fluentui/react-components";
import "./Tick.css";

type TickProps = {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly disabled?: boolean;
};

export function Tick({ label, on, onChange, disabled }: TickProps) {
  return (
    <Checkbox
      className="tick"
      label={label}
      checked={on}
      disabled={disabled ?? false}
      onChange={(_event, data) => onChange(data.checked === true)}
    />
  );
}
