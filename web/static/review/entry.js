// The answer to one field: candidates, codes, verdicts, and the way to the next one.

import { writesGeorgian } from "./bindings.js";

export function watchEntry(desk) {
  const form = desk.querySelector("[data-entry]");
  const press = (selector) => () => desk.querySelector(selector)?.click();
  const verdicts = ["empty", "unsigned", "unclear", "unreadable"].map((name) => [
    name,
    press(`[data-verdict="${name}"]`),
  ]);
  const links = {
    next: press("[data-next]"),
    previous: press("[data-previous]"),
    accept: press("[data-default]"),
    correct: press("[data-correct]"),
    registered: press("[data-registered]"),
    first: press('[data-take="first"]'),
    second: press('[data-take="second"]'),
  };
  if (!form) return links;
  const input = form.querySelector("[data-typed]");
  if (input) watchTyping(form, input);
  return {
    ...links,
    ...Object.fromEntries(verdicts),
    save: press('[data-verdict="value"]'),
    correct: () => startTyping(form, input),
    choose: (number) => form.querySelector(`[data-choice="${number}"]`)?.click(),
  };
}

function startTyping(form, input) {
  const first = input || form.querySelector("input[type=radio], input[type=checkbox]");
  first?.focus();
  input?.select();
}

function watchTyping(form, input) {
  const button = form.querySelector('[data-verdict="value"] [data-label]');
  const shown = input.defaultValue;
  const rename = () => {
    const { accept, save } = button.dataset;
    button.textContent = shown && input.value === shown ? accept : save;
  };
  input.addEventListener("input", rename);
  tellEnter(form, input);
  input.addEventListener("beforeinput", (event) => writeGeorgian(event, input));
  for (const candidate of form.querySelectorAll("[data-candidate]")) {
    candidate.addEventListener("click", (event) => {
      event.preventDefault(); // without this file the button saves its candidate
      input.value = candidate.value;
      input.dispatchEvent(new Event("input"));
      input.focus();
    });
  }
}

// While somebody types, Enter saves what is typed, whatever it does elsewhere.
function tellEnter(form, input) {
  const save = form.querySelector('[data-enter="value"]');
  const accept = form.querySelector('[data-enter="default"]');
  if (!save || !accept) return;
  const tell = (typing) => {
    save.textContent = typing ? "Enter" : "Ctrl+Enter";
    accept.textContent = typing ? "" : "Enter";
  };
  input.addEventListener("focus", () => tell(true));
  input.addEventListener("blur", () => tell(false));
  if (document.activeElement === input) tell(true);
}

// Latin keys write the Georgian letters of the same places on a Georgian keyboard.
function writeGeorgian(event, input) {
  if (!input.dataset.letters || event.inputType !== "insertText" || !writesGeorgian()) return;
  const letters = JSON.parse(input.dataset.letters);
  const letter = letters[event.data] || letters[(event.data || "").toLowerCase()];
  if (!letter) return;
  event.preventDefault();
  input.setRangeText(letter, input.selectionStart, input.selectionEnd, "end");
  input.dispatchEvent(new Event("input"));
}
