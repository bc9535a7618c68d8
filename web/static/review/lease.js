// Keeps the document while somebody looks at it, and says at once when it is lost. What is
// typed stays on the screen in any case.

export function keepLease(desk) {
  const { renewUrl, renewSeconds } = desk.dataset;
  if (!renewUrl) return;
  const banners = {
    lost: desk.querySelector("[data-lease-lost]"),
    offline: desk.querySelector("[data-lease-offline]"),
  };
  const renew = async () => {
    if (document.hidden) return;
    show(banners, await ask(renewUrl, desk.querySelector("[data-lease]")));
  };
  setInterval(renew, Number(renewSeconds) * 1000);
  document.addEventListener("visibilitychange", renew);
  window.addEventListener("online", renew);
}

async function ask(address, form) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    if (answer.ok) return null;
    return answer.status === 409 || answer.status === 401 ? "lost" : "offline";
  } catch {
    return "offline";
  }
}

function show(banners, trouble) {
  for (const [name, banner] of Object.entries(banners)) banner.hidden = name !== trouble;
}
