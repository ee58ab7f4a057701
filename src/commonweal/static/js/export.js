// A download leaves the page where it is, so its form may be sent again.
for (const download of document.querySelectorAll("form[data-download]")) {
  download.addEventListener("submit", () => setTimeout(() => { delete download.dataset.sent; }, 3000));
}
