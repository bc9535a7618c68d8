// The page picture: closer, farther, the whole page, back to the region; drag to move.

const STEP = 1.4;
const CLOSEST = 8;

export function movePaper(paper) {
  if (!paper) return {};
  const home = readBox(paper.getAttribute("viewBox"));
  const page = { x: 0, y: 0, width: Number(paper.dataset.width), height: Number(paper.dataset.height) };
  let box = home;
  const look = (next) => {
    box = next;
    paper.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
  };
  const zoom = (factor) => {
    const width = Math.min(page.width * 1.5, Math.max(page.width / CLOSEST, box.width / factor));
    look(around(box, width, (box.height * width) / box.width));
  };
  const actions = {
    closer: () => zoom(STEP),
    farther: () => zoom(1 / STEP),
    whole: () => look(page),
    region: () => look(home),
  };
  paper.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP);
  });
  dragPaper(paper, () => box, look);
  for (const button of document.querySelectorAll("[data-paper-tool]")) {
    button.addEventListener("click", actions[button.dataset.paperTool]);
  }
  return actions;
}

function readBox(text) {
  const [x, y, width, height] = text.split(" ").map(Number);
  return { x, y, width, height };
}

function around(box, width, height) {
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

function dragPaper(paper, getBox, look) {
  let held = null;
  paper.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY, box: getBox() };
    paper.setPointerCapture(event.pointerId);
  });
  paper.addEventListener("pointermove", (event) => {
    if (!held) return;
    const scale = paper.getScreenCTM().a;
    const { box } = held;
    const moved = { x: (held.x - event.clientX) / scale, y: (held.y - event.clientY) / scale };
    look({ ...box, x: box.x + moved.x, y: box.y + moved.y });
  });
  const drop = () => {
    held = null;
  };
  paper.addEventListener("pointerup", drop);
  paper.addEventListener("pointercancel", drop);
}
