// Menus are <details class="menu">. Escape, a click elsewhere and leaving by keyboard close them.

export function closeOpenMenus() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, (event) => {
      for (const menu of open()) {
        if (!menu.contains(event.target)) menu.open = false;
      }
    });
  }
}

function open() {
  return document.querySelectorAll("details.menu[open]");
}
