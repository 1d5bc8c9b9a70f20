// The little that a page can not say without script.
document.addEventListener("htmx:responseError", (event) => {
	const words = document.getElementById(event.detail.xhr.status === 401 ? "sparat-utloggad" : "sparat-inte");
	const status = document.getElementById("sparat");
	if (words && status) {
		status.textContent = words.textContent;
	}
});

// Dragging on a merge board is ticking and pressing the button with the mouse.
document.addEventListener("dragstart", (event) => {
	const part = event.target.closest?.(".parts [draggable], .parts[draggable]");
	if (part) {
		part.querySelector("input").checked = true;
		event.dataTransfer.setData("text/plain", part.querySelector("input").value);
	}
});
const whole = (event) => event.target.closest?.("[data-whole]");
document.addEventListener("dragover", (event) => {
	document.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
	if (whole(event)) {
		event.preventDefault();
		whole(event).classList.add("over");
	}
});
document.addEventListener("drop", (event) => {
	if (whole(event)) {
		event.preventDefault();
		whole(event).querySelector("button[name=till]")?.click();
	}
});
