// Opens the list that holds a note before the page jumps to it, and keeps the place when the language changes.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const list = target && target.closest("details");
  if (list) { list.open = true; target.scrollIntoView({ block: "center" }); }
}
addEventListener("hashchange", reveal);
reveal();
const other = document.getElementById("language-switch");
other.addEventListener("click", () => {
  const heads = [...document.querySelectorAll("main :is(h2, h3, h4)[id]")];
  const here = heads.filter((head) => head.getBoundingClientRect().top < 120).pop();
  if (here) other.hash = here.id;
});
