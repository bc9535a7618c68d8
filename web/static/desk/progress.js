// Keeps a batch page up to date: asks for what changed, not while nobody looks at the page.

const PAUSE_MS = 1500;
const LONG_PAUSE_MS = 6000;

const fates = document.getElementById("fates");
let seen = null;
let timer = null;

document.getElementById("reload")?.remove();
document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (!document.hidden) {
    look();
  }
});
timer = setTimeout(look, PAUSE_MS);

async function look() {
  clearTimeout(timer);
  try {
    const goesOn = await ask();
    complain("");
    if (goesOn && !document.hidden) {
      timer = setTimeout(look, PAUSE_MS);
    }
  } catch {
    complain(unreachable().dataset.text);
    timer = setTimeout(look, LONG_PAUSE_MS);
  }
}

// Answers whether there is more to come.
async function ask() {
  const headers = { Accept: "application/json", ...(seen && { "If-None-Match": seen }) };
  const answer = await fetch(fates.dataset.progress, { headers, cache: "no-store" });
  if (answer.status === 304) {
    return true;
  }
  if (answer.status === 401) {
    location.reload(); // to the sign-in page, and back here
    return false;
  }
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  seen = answer.headers.get("ETag");
  const { summary, files, under_way: underWay } = await answer.json();
  show(document.getElementById("summary"), summary);
  for (const [id, words] of Object.entries(files)) {
    show(fates.querySelector(`[data-file="${id}"]`), words);
  }
  return underWay;
}

// What did not change is left alone: a person may just be using it.
function show(element, words) {
  const draft = document.createElement("template");
  draft.innerHTML = words;
  if (element && element.innerHTML.trim() !== draft.innerHTML.trim()) {
    element.replaceChildren(draft.content);
  }
}

function complain(words) {
  const place = unreachable();
  if (place.textContent !== words) {
    place.textContent = words;
  }
}

function unreachable() {
  return document.getElementById("unreachable");
}
