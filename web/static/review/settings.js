// The panel that tells the keys and lets people change them.

import { DEFAULTS, nameKey, readBindings, saveBindings, saveGeorgian, writesGeorgian } from "./bindings.js";

export function showKeys(desk) {
  const panel = desk.querySelector("[data-keys-panel]");
  for (const button of desk.querySelectorAll("[data-scripted]")) button.hidden = false;
  const paint = () => paintKeys(readBindings());
  const open = () => panel.showModal();
  desk.querySelector("[data-keys-open]")?.addEventListener("click", open);
  for (const input of panel.querySelectorAll("[data-bind]")) {
    input.addEventListener("keydown", (event) => bindKey(event, input, panel, paint));
  }
  panel.querySelector("[data-keys-reset]").addEventListener("click", () => {
    saveBindings(DEFAULTS);
    paint();
  });
  watchGeorgian(panel.querySelector("[data-georgian]"));
  paint();
  return { help: open };
}

function watchGeorgian(box) {
  box.checked = writesGeorgian();
  box.addEventListener("change", () => saveGeorgian(box.checked));
}

// The key that is pressed becomes the action's; Backspace leaves the action without one.
function bindKey(event, input, panel, paint) {
  if (["Tab", "Escape", "Enter", "ShiftLeft", "ShiftRight"].includes(event.code)) return;
  event.preventDefault();
  const code = event.code === "Backspace" ? "" : event.code;
  const bindings = readBindings();
  const taken = code && Object.entries(bindings).some(([a, c]) => c === code && a !== input.dataset.bind);
  panel.querySelector("[data-keys-taken]").hidden = !taken && !isReserved(code);
  if (taken || isReserved(code)) return;
  saveBindings({ ...bindings, [input.dataset.bind]: code });
  paint();
}

function isReserved(code) {
  return /^(Digit|Numpad)[1-9]$/.test(code);
}

function paintKeys(bindings) {
  for (const [action, code] of Object.entries(bindings)) {
    for (const mark of document.querySelectorAll(`[data-key="${action}"]`)) {
      mark.textContent = nameKey(code);
      mark.hidden = !code;
    }
    const input = document.querySelector(`[data-bind="${action}"]`);
    if (input) input.value = nameKey(code);
  }
}
