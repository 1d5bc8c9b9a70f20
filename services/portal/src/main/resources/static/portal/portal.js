// The little that a page can not say without script.
document.addEventListener("htmx:responseError", (event) => {
	const words = document.getElementById(event.detail.xhr.status === 401 ? "sparat-utloggad" : "sparat-inte");
	const status = document.getElementById("sparat");
	if (words && status) {
		status.textContent = words.textContent;
	}
});
