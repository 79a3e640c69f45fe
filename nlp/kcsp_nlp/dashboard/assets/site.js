"use strict";

// Shown only where scripts run: what needs them has the class `needs-script`.
document.documentElement.classList.add("scripted");

// A printed page has no summary to open; what few would read on paper says `data-print="no"`.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([data-print])")) {
    details.open = true;
  }
});
