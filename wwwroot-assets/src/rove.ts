import { around } from "./dom";

/** Arrow keys, Home and End move through the buttons of a list marked data-rove and press the one they reach. */
export function roveStrips(root: Document): void {
  root.addEventListener("keydown", (event) => {
    const list = around<HTMLElement>(event, "[data-rove]");
    if (!list || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const buttons = [...list.querySelectorAll<HTMLButtonElement>("button")];
    const here = buttons.indexOf(root.activeElement as HTMLButtonElement);
    const target = buttons[reached(event.key, here, buttons.length, columns(buttons))];
    if (here >= 0 && target) {
      event.preventDefault();
      target.focus();
      target.scrollIntoView({ block: "nearest", inline: "nearest" });
      target.click();
    }
  });
}

function columns(buttons: readonly HTMLElement[]): number {
  const top = buttons[0]?.getBoundingClientRect().top;
  const next = buttons.findIndex((button) => button.getBoundingClientRect().top !== top);
  return next < 1 ? Math.max(1, buttons.length) : next;
}

/** Index that a key leads to, or -1. */
export function reached(key: string, here: number, count: number, perRow: number): number {
  const wanted =
    key === "ArrowRight" ? here + 1
    : key === "ArrowLeft" ? here - 1
    : key === "ArrowDown" ? here + (perRow < count ? perRow : 1)
    : key === "ArrowUp" ? here - (perRow < count ? perRow : 1)
    : key === "Home" ? 0
    : key === "End" ? count - 1
    : -1;
  return wanted >= 0 && wanted < count ? wanted : -1;
}
