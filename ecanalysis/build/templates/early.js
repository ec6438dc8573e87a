// Before anything is painted: the chosen colours, and whether scripts run.
document.documentElement.classList.add("scripts");
try { document.documentElement.dataset.theme = localStorage.getItem("theme") || ""; } catch { /* no storage: the system's colours */ }
function unfold() { document.querySelector(".toc details").open = matchMedia("(min-width: 75rem)").matches; }
