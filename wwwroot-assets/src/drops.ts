/**
 * A file that is let go beside a drop zone would make the browser leave the page and show it. So files are taken by file inputs only,
 * and while one is dragged over the page the zones show themselves.
 */
export function keepDropsInZones(root: Document): void {
  let leaving = 0;
  const mark = (on: boolean): void => {
    window.clearTimeout(leaving);
    root.body.classList.toggle("dragging", on);
  };
  root.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) {
      return;
    }
    mark(true);
    // No event says for certain that a drag has left the window; they simply stop coming.
    leaving = window.setTimeout(() => mark(false), 300);
    if (!isZone(event.target)) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    }
  });
  root.addEventListener("drop", (event) => {
    mark(false);
    if (event.dataTransfer?.types.includes("Files") && !isZone(event.target)) {
      event.preventDefault();
    }
  });
}

function isZone(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === "file";
}
