// What keeps somebody from using the page that is shown: a list of lacks, empty where all is well.
() => {
  const lacks = [];
  const miss = (what, element) => lacks.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const find = (selector) => [...document.querySelectorAll(selector)];

  const isNamed = (element) =>
    element.labels?.length ||
    element.getAttribute("aria-label") ||
    element.getAttribute("aria-labelledby") ||
    element.textContent.trim() ||
    element.title;
  find("input:not([type=hidden]), select, textarea, button, a[href], progress")
    .filter((element) => element.checkVisibility() && !isNamed(element))
    .forEach((element) => miss("no name", element));
  find("img:not([alt])").forEach((element) => miss("no alt", element));
  find("th:not([scope])").forEach((element) => miss("no scope", element));

  const ids = find("[id]").map(({ id }) => id);
  ids
    .filter((id, place) => ids.indexOf(id) !== place)
    .forEach((id) => lacks.push(`twice: #${id}`));
  for (const attribute of ["aria-describedby", "aria-labelledby", "for"]) {
    for (const element of find(`[${attribute}]`)) {
      const wanted = element.getAttribute(attribute).split(" ").filter(Boolean);
      wanted.filter((id) => !ids.includes(id)).forEach((id) => miss(`no #${id}`, element));
    }
  }

  const levels = find("h1, h2, h3, h4").map(({ tagName }) => Number(tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) {
    lacks.push(`not one h1: ${levels}`);
  }
  if (levels.some((level, place) => place > 0 && level > levels[place - 1] + 1)) {
    lacks.push(`a heading is skipped: ${levels}`);
  }
  for (const part of ["main", "title", "html[lang]"]) {
    if (!document.querySelector(part)) {
      lacks.push(`no ${part}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    lacks.push("wider than the window");
  }
  return lacks;
};
