// Before anything is painted: the chosen colours, and whether scripts run.
document.documentElement.classList.add("scripts");
try { document.documentElement.dataset.theme = localStorage.getItem("theme") || ""; } catch { /* no storage: the system's colours */ }
function unfold() { document.querySelector(".toc details").open = matchMedia("(min-width: 75rem)").matches; }
// The list of notes is longer than the text; folded before its entries are there, it is never laid out unasked.
function fold() { document.querySelector(".notes details").open = false; }
