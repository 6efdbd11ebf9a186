// A figure's link leads to its explanation; with a script the explanation opens below the figure.

export function openInPlace() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-explain]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle(link);
  });
  for (const link of document.querySelectorAll("a[data-explain]")) {
    link.setAttribute("aria-expanded", "false");
  }
}

async function toggle(link) {
  const place = link.closest("[data-explanations]");
  const opener = place.querySelector("a[data-explain][aria-expanded=true]");
  if (opener === link && !shown(place)) return; // on its way
  close(place);
  if (opener === link) return;
  link.setAttribute("aria-expanded", "true");
  let page;
  try {
    const answer = await fetch(link.href);
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.assign(link.href);
    return;
  }
  if (link.getAttribute("aria-expanded") === "false") return; // another one was asked for since
  shown(place)?.remove();
  place.append(panel(link, page));
}

function shown(place) {
  return place.querySelector(":scope > .explained");
}

function close(place) {
  shown(place)?.remove();
  place
    .querySelector("a[data-explain][aria-expanded=true]")
    ?.setAttribute("aria-expanded", "false");
}

function panel(link, page) {
  const box = document.getElementById("explained").content.firstElementChild.cloneNode(true);
  const title = page.querySelector("h1").textContent;
  box.setAttribute("aria-label", title);
  box.querySelector(".explained__title").textContent = title;
  box.append(page.querySelector("[data-explanation]"));
  const leave = () => {
    close(link.closest("[data-explanations]"));
    link.focus();
  };
  box.querySelector("button").addEventListener("click", leave);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  requestAnimationFrame(() => box.focus());
  return box;
}
