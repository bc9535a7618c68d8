// Starts what GOV.UK Frontend adds to a page: menus, drop zones, buttons that click once.
import { initAll, isSupported } from "./vendor/govuk-frontend-6.3.0/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
if (isSupported()) {
  initAll();
}
