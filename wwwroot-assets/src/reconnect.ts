import { around } from "./dom";

declare global {
  interface Window {
    readonly Blazor?: { reconnect(): Promise<boolean> };
  }
}

/**
 * The bar that Blazor shows while the program does not answer. When the program is back but no longer knows this page, the page
 * is loaded anew: its runs and pictures are on the server and come back with it.
 */
export function reconnectBar(root: Document): void {
  const bar = root.getElementById("components-reconnect-modal");
  if (bar) {
    new MutationObserver(() => {
      if (bar.classList.contains("components-reconnect-rejected")) {
        window.location.reload();
      }
    }).observe(bar, { attributes: true, attributeFilter: ["class"] });
  }
  root.addEventListener("click", (event) => {
    const action = around<HTMLElement>(event, "[data-action]")?.dataset["action"];
    if (action === "reload") {
      window.location.reload();
    } else if (action === "reconnect") {
      // Rejected means that the program does not answer yet: the bar stays and the button can be pressed again.
      reconnect().catch((error: unknown) => console.info("RegionWebUI does not answer yet.", error));
    }
  });
}

async function reconnect(): Promise<void> {
  if (!(await window.Blazor?.reconnect())) {
    window.location.reload();
  }
}
