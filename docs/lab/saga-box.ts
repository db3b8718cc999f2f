/** The box that has the lines of a saga, and can be scrolled. */
export function sagaBox(): HTMLElement {
  const box = document.createElement("div");
  box.className = "saga";
  box.tabIndex = 0;
  box.role = "group";
  box.ariaLabel = "The saga";
  return box;
}
