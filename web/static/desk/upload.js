// Sends the chosen files with a bar for each; without this module the form sends them all the same.

const form = document.getElementById("upload");
if (form) {
  form.addEventListener("submit", (event) => {
    const files = [...form.querySelector("input[type=file]").files];
    if (files.length > 0) {
      event.preventDefault();
      send(files);
    }
  });
}

function send(files) {
  const bars = drawBars(files);
  const request = new XMLHttpRequest();
  showFault("");
  showState(form.dataset.sending);
  setBusy(true);
  request.upload.addEventListener("progress", ({ loaded, total }) => fillBars(bars, loaded / total));
  request.upload.addEventListener("load", () => {
    fillBars(bars, 1);
    showState(form.dataset.sent);
  });
  request.addEventListener("load", () => finish(request));
  request.addEventListener("error", () => giveUp(form.dataset.broken));
  request.addEventListener("abort", () => giveUp(form.dataset.broken));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.send(new FormData(form));
}

function finish(request) {
  if (request.status === 201) {
    location.assign(request.response.location);
  } else if (request.status === 401) {
    location.reload();
  } else {
    const { title, way } = request.response ?? {};
    giveUp(title ? `${title}. ${way}` : form.dataset.broken);
  }
}

function giveUp(words) {
  document.getElementById("sending").hidden = true;
  showState("");
  showFault(words);
  setBusy(false);
}

function drawBars(files) {
  const list = document.getElementById("sending");
  let begin = 0;
  const bars = files.map((file) => {
    const [line, name, bar, share] = ["li", "span", "progress", "span"].map((tag) =>
      document.createElement(tag),
    );
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    line.append(name, bar, share);
    const drawn = { bar, share, begin, size: file.size };
    begin += file.size;
    return { ...drawn, line };
  });
  list.replaceChildren(...bars.map(({ line }) => line));
  list.hidden = false;
  return bars;
}

// The files travel one after the other: how much of all is sent tells how much of each is.
function fillBars(bars, part) {
  const sent = part * bars.reduce((sum, { size }) => sum + size, 0);
  for (const { bar, share, begin, size } of bars) {
    bar.value = size > 0 ? Math.min(1, Math.max(0, (sent - begin) / size)) : part;
    share.textContent = `${Math.floor(bar.value * 100)} %`;
  }
}

function showState(words) {
  document.getElementById("sending-state").textContent = words;
}

function showFault(words) {
  document.getElementById("sending-fault").textContent = words;
}

function setBusy(busy) {
  document.getElementById("send").disabled = busy;
}
