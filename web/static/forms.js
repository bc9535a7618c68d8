// Tells of the place on a form's page that is pointed at or focused; a click keeps it.

const paper = document.querySelector("[data-forms-paper]");
const panel = paper.querySelector(".forms-abouts");
let kept = null;

paper.classList.add("forms-live");
for (const place of paper.querySelectorAll("[data-field]")) {
  place.addEventListener("pointerenter", () => show(place));
  place.addEventListener("pointerleave", () => show(kept));
  place.addEventListener("focus", () => show(place));
  place.addEventListener("click", (event) => {
    event.preventDefault(); // the panel is beside the page already
    kept = place;
    show(place);
  });
}
const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (asked?.matches(".forms-about")) {
  kept = paper.querySelector(`[data-about="${CSS.escape(asked.id)}"]`);
  show(kept);
}

function show(place) {
  for (const shown of paper.querySelectorAll(".forms-shown")) {
    shown.classList.remove("forms-shown");
  }
  panel.classList.toggle("forms-telling", place !== null);
  if (place === null) {
    return;
  }
  const about = document.getElementById(place.dataset.about);
  place.classList.add("forms-shown");
  about?.classList.add("forms-shown");
  const name = about?.querySelector("[data-field-name]");
  if (name) {
    name.textContent = place.dataset.field;
  }
}
