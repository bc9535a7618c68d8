// Which key does what. Keys are known by their place on the keyboard, so they work with
// the Georgian layout as well; a person's own choice is kept in this browser.

const STORED = "review-keys";
const TYPING = "review-georgian";

export const DEFAULTS = {
  correct: "KeyC",
  empty: "KeyE",
  unsigned: "KeyS",
  unclear: "KeyU",
  unreadable: "KeyR",
  registered: "KeyG",
  first: "KeyA",
  second: "KeyB",
  next: "KeyN",
  previous: "KeyP",
  closer: "Equal",
  farther: "Minus",
  whole: "Digit0",
  region: "KeyW",
  help: "Slash",
};

const NAMES = {
  Enter: "Enter",
  Equal: "+",
  Minus: "−",
  Slash: "?",
  Comma: ",",
  Period: ".",
  Space: "␣",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
};

export function readBindings() {
  return { ...DEFAULTS, ...readStored() };
}

function readStored() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED)) || {};
    return Object.fromEntries(Object.entries(stored).filter(([action]) => action in DEFAULTS));
  } catch {
    return {}; // not allowed here, or not ours: the defaults hold
  }
}

export function saveBindings(bindings) {
  const changed = Object.entries(bindings).filter(([action, code]) => DEFAULTS[action] !== code);
  store(STORED, changed.length ? JSON.stringify(Object.fromEntries(changed)) : null);
}

export function findAction(code) {
  return Object.entries(readBindings()).find(([, bound]) => bound === code)?.[0];
}

// What is printed on the key; empty where an action has none.
export function nameKey(code) {
  return NAMES[code] || (code || "").replace(/^(Key|Digit|Numpad)/, "");
}

export function writesGeorgian() {
  try {
    return localStorage.getItem(TYPING) !== "off";
  } catch {
    return true;
  }
}

export function saveGeorgian(on) {
  store(TYPING, on ? null : "off");
}

function store(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // the choice lasts as long as the page
  }
}
