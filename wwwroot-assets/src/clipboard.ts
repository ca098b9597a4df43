import { around, toast } from "./dom";

/** A click on a button with data-copy="id" copies the text of that element. */
export function copyOnClick(root: Document): void {
  root.addEventListener("click", (event) => {
    const source = around<HTMLElement>(event, "[data-copy]")?.dataset["copy"];
    const element = source ? root.getElementById(source) : null;
    const text = element instanceof HTMLTextAreaElement ? element.value : element?.textContent;
    if (text) {
      void copy(text);
    }
  });
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } catch {
    toast("The browser did not allow copying; select the text and press Ctrl+C.");
  }
}
