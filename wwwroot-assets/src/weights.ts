import { around } from "./dom";

/** A change of a text: what replaces from..to, and what is selected then. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What is said of it. */
  readonly said: string;
}

const least = 0.1;
const most = 2;

/** Ctrl+Up and Ctrl+Down weigh what is selected in a prompt, or the word at the caret. The browser's own undo takes it back. */
export function weighWithArrows(root: Document): void {
  root.addEventListener("keydown", (event) => {
    const box = around<HTMLTextAreaElement>(event, "[data-prompt] textarea");
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!box || direction === 0 || !(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) {
      return;
    }
    event.preventDefault();
    const edit = weighed(box.value, box.selectionStart, box.selectionEnd, direction, event.shiftKey ? 0.01 : 0.1);
    if (edit) {
      apply(box, edit);
    }
  });
}

function apply(box: HTMLTextAreaElement, edit: Edit): void {
  box.setSelectionRange(edit.from, edit.to);
  // The only way of changing a text that undo knows of; where a browser has dropped it, undo is lost and not the change.
  if (!document.execCommand("insertText", false, edit.text)) {
    box.setRangeText(edit.text, edit.from, edit.to);
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  box.setSelectionRange(edit.start, edit.end);
  const says = box.closest("[data-prompt]")?.querySelector("[data-weight]");
  if (says) {
    says.textContent = edit.said;
  }
}

/** The change that one press makes, or null when there is nothing to weigh or the end of the range is reached. */
export function weighed(text: string, start: number, end: number, direction: number, step: number): Edit | null {
  const chosen = start === end ? (bracketAt(text, start) ?? wordAt(text, start)) : trimmed(text, start, end);
  if (!chosen) {
    return null;
  }
  const [from, to] = chosen;
  const around = enclosing(text, from, to);
  const tag = around?.open === "<";
  const weight = around?.weight ?? 1;
  const next = Math.round((weight + direction * (tag ? step / 2 : step)) * 1000) / 1000;
  if ((direction > 0 && next > Math.max(most, weight)) || (direction < 0 && next < Math.min(tag ? 0 : least, weight))) {
    return null;
  }
  const inner = text.slice(from, to);
  const plain = next === 1 && !tag;
  const put = plain ? inner : `${around?.open ?? "("}${inner}:${String(next)}${around?.close ?? ")"}`;
  const at = around?.from ?? from;
  const first = at + (plain ? 0 : 1);
  return { from: at, to: around?.to ?? to, text: put, start: first, end: first + inner.length, said: `${inner}, weight ${String(next)}` };
}

interface Bracket {
  readonly from: number;
  readonly to: number;
  readonly open: string;
  readonly close: string;
  readonly weight: number;
}

/** The bracket that holds just this, with its weight; a bracket without a number is 1.1. */
function enclosing(text: string, from: number, to: number): Bracket | null {
  const open = text[from - 1] ?? "";
  if ((open !== "(" && open !== "<") || isEscaped(text, from - 1)) {
    return null;
  }
  const found = (open === "(" ? /^(?::\s*([+-]?\d*\.?\d+)\s*)?\)/ : /^:\s*([+-]?\d*\.?\d+)\s*>/).exec(text.slice(to));
  return found && {
    from: from - 1,
    to: to + found[0].length,
    open,
    close: open === "(" ? ")" : ">",
    weight: found[1] === undefined ? 1.1 : Number(found[1]),
  };
}

/** What the innermost bracket around a place holds, without its weight; null where none is. */
function bracketAt(text: string, at: number): [number, number] | null {
  let depth = 0;
  for (let from = at - 1; from >= 0; from--) {
    const sign = text[from];
    if (isEscaped(text, from)) {
      continue;
    }
    if (sign === ")" || sign === ">") {
      depth++;
    } else if (sign === "(" || sign === "<") {
      if (depth === 0) {
        return inside(text, from, at);
      }
      depth--;
    }
  }
  return null;
}

function inside(text: string, from: number, at: number): [number, number] | null {
  const close = text[from] === "(" ? ")" : ">";
  let depth = 0;
  for (let to = from + 1; to < text.length; to++) {
    if (isEscaped(text, to)) {
      continue;
    }
    if (text[to] === text[from]) {
      depth++;
    } else if (text[to] === close && depth-- === 0) {
      const weight = /:\s*[+-]?\d*\.?\d+\s*$/.exec(text.slice(from + 1, to));
      const end = weight ? from + 1 + weight.index : to;
      return to >= at && end > from + 1 ? [from + 1, end] : null;
    }
  }
  return null;
}

function wordAt(text: string, at: number): [number, number] | null {
  const letter = /[\p{L}\p{N}_'-]/u;
  let from = at;
  let to = at;
  while (from > 0 && letter.test(text[from - 1] ?? "")) {
    from--;
  }
  while (to < text.length && letter.test(text[to] ?? "")) {
    to++;
  }
  return to > from ? [from, to] : null;
}

/** Spaces and commas at the ends of a selection do not belong to what is weighed. */
function trimmed(text: string, start: number, end: number): [number, number] | null {
  const chosen = /^[\s,]*(.*?)[\s,]*$/s.exec(text.slice(start, end))?.[1] ?? "";
  const from = text.indexOf(chosen, start);
  return chosen === "" ? null : [from, from + chosen.length];
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") {
    slashes++;
  }
  return slashes % 2 === 1;
}
