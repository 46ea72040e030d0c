for (const each of document.querySelectorAll(".math")) {
  const large = each.closest(".formula") ? "\\displaystyle " : "";
  katex.render(large + each.textContent, each, {
    displayMode: each.classList.contains("display"), throwOnError: false, trust: false, maxExpand: 100, strict: "ignore",
  });
}
if (location.hash) { document.getElementById(location.hash.slice(1))?.scrollIntoView(); }
