import { around, commit } from "./dom";

/** Arrow keys count in number fields (Shift: ten steps). The server hears of it once, when the key is let go. */
export function countWithArrows(root: Document): void {
  const changed = new WeakSet<HTMLInputElement>();
  root.addEventListener("keydown", (event) => {
    const field = around<HTMLInputElement>(event, "input[data-step]");
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!field || direction === 0 || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    event.preventDefault();
    const next = stepped(field.value, direction * (event.shiftKey ? 10 : 1), limits(field));
    if (next !== null && next !== field.value) {
      field.value = next;
      changed.add(field);
    }
  });
  for (const end of ["keyup", "focusout"]) {
    root.addEventListener(end, (event) => {
      const field = around<HTMLInputElement>(event, "input[data-step]");
      if (field && changed.delete(field)) {
        commit(field);
      }
    });
  }
}

interface Limits {
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

function limits(field: HTMLInputElement): Limits {
  const read = (name: string, otherwise: number): number => {
    const value = Number.parseFloat(field.dataset[name] ?? "");
    return Number.isFinite(value) ? value : otherwise;
  };
  return { step: read("step", 1), min: read("min", -Infinity), max: read("max", Infinity) };
}

/** The value some steps away, kept within the limits; null when the text is no number. */
export function stepped(text: string, steps: number, { step, min, max }: Limits): string | null {
  const value = Number(text.replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) {
    return null;
  }
  const next = Math.min(max, Math.max(min, value + steps * step));
  return String(Math.round(next * 1e6) / 1e6);
}
