// One listener for all keys. Letters and digits do nothing while somebody types.

import { findAction } from "./bindings.js";

const TYPED = "input:not([type=radio]):not([type=checkbox]):not([type=submit]), textarea, select";
const OWN_ENTER = "button, a, summary, textarea, select";

export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat || document.querySelector("dialog[open]")) return;
    const run = chooseRun(event, actions);
    if (!run) return;
    event.preventDefault();
    run();
  });
}

function chooseRun(event, actions) {
  const typing = event.target.matches(TYPED);
  if (event.key === "Enter") return chooseForEnter(event, actions);
  if (event.key === "Escape" && typing) return () => event.target.blur();
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit && actions.choose) return () => actions.choose(Number(digit[1]));
  return actions[findAction(event.code)];
}

// In a text field Enter sends what is typed, as in every form; elsewhere it accepts.
function chooseForEnter(event, actions) {
  if (event.ctrlKey) return actions.save;
  if (event.target.matches(OWN_ENTER)) return null;
  return event.target.matches(TYPED) ? actions.save : actions.accept;
}
