// What every page gains from a script. Nothing here is needed: each page works without.
import { closeOpenMenus } from "./menus.js";
import { rememberTheme } from "./theme.js";

closeOpenMenus();
rememberTheme();
document.querySelector(".error-summary")?.focus();
