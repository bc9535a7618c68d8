// The review station with a keyboard. Every page works without this file; it adds keys,
// a lease that stays alive, and a page picture that can be moved.

import { watchEntry } from "./review/entry.js";
import { listenToKeys } from "./review/keys.js";
import { keepLease } from "./review/lease.js";
import { movePaper } from "./review/paper.js";
import { showKeys } from "./review/settings.js";

const desk = document.querySelector("[data-review]");

if (desk) {
  const entry = watchEntry(desk);
  const paper = movePaper(desk.querySelector("[data-paper]"));
  const help = showKeys(desk);
  listenToKeys({ ...entry, ...paper, ...help });
  keepLease(desk);
  sendFormsOnce();
  showPlace(desk.querySelector("[aria-current]"));
  preloadPictures(desk.dataset.preload);
}

// A second Enter before the answer comes must not send a form again. The server would
// refuse it as well; coming back with the browser's button makes it usable anew.
function sendFormsOnce() {
  const sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}

// The present question stands in the middle of the list; the page itself does not move.
function showPlace(item) {
  const list = item?.closest("nav");
  if (list) list.scrollTop = item.offsetTop - list.offsetTop - list.clientHeight / 2;
}

// The next field's crop and page are in the browser's store before they are asked for.
function preloadPictures(addresses) {
  for (const address of (addresses || "").split(" ").filter(Boolean)) {
    new Image().src = address;
  }
}
