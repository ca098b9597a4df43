const key = "regionwebui.draft";
const fields = ".request .control";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * What is typed into the form outlives a reload of the tab, be it by the user or because the program was restarted: the form is
 * kept by the browser when the page goes, and typed in again when the next one is ready.
 */
export function keepDrafts(root: Document): void {
  window.addEventListener("pagehide", () => {
    const controls = [...root.querySelectorAll<Control>(fields)];
    if (controls.length > 0) {
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(controls.map((control) => [control.id, textOf(control)]))));
    }
  });

  const draft = read();
  if (draft.size === 0 || restored(root, draft)) {
    return;
  }
  const waiting = new MutationObserver(() => {
    if (restored(root, draft)) {
      waiting.disconnect();
    }
  });
  waiting.observe(root.body, { attributes: true, attributeFilter: ["data-ready"], childList: true, subtree: true });
}

function restored(root: Document, draft: ReadonlyMap<string, string>): boolean {
  if (!root.querySelector("[data-ready=true]")) {
    return false;
  }
  for (const control of root.querySelectorAll<Control>(fields)) {
    const text = draft.get(control.id);
    const possible = !(control instanceof HTMLSelectElement) || [...control.options].some((option) => option.value === text);
    if (text !== undefined && possible && textOf(control) !== text) {
      setText(control, text);
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  return true;
}

function isTick(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && control.type === "checkbox";
}

function textOf(control: Control): string {
  return isTick(control) ? String(control.checked) : control.value;
}

function setText(control: Control, text: string): void {
  if (isTick(control)) {
    control.checked = text === "true";
  } else {
    control.value = text;
  }
}

function read(): ReadonlyMap<string, string> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    const entries = typeof stored === "object" && stored !== null ? Object.entries(stored) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    // A draft that cannot be read is no draft.
    return new Map();
  }
}
