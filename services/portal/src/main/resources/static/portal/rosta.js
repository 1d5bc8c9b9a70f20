// Dragging an item on a ballot is writing numbers; everything above what was dropped gets one too.
const ballot = document.querySelector(".ballot[data-dra=true]");
if (ballot) {
	const place = (item) => item.querySelector("input[type=number]");
	let dragged = null;
	ballot.querySelectorAll(":scope > li").forEach((item) => (item.draggable = true));
	ballot.addEventListener("dragstart", (event) => {
		dragged = event.target.closest?.("li");
		event.dataTransfer?.setData("text/plain", "");
	});
	ballot.addEventListener("dragend", () => {
		dragged = null;
		ballot.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
	});
	ballot.addEventListener("dragover", (event) => {
		const over = event.target.closest?.("li");
		if (!dragged || !over) {
			return;
		}
		event.preventDefault();
		ballot.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
		over.classList.add("over");
	});
	ballot.addEventListener("drop", (event) => {
		const over = event.target.closest?.("li");
		if (!dragged || !over || dragged === over) {
			return;
		}
		event.preventDefault();
		const items = [...ballot.children];
		if (items.indexOf(dragged) < items.indexOf(over)) {
			over.after(dragged);
		}
		else {
			over.before(dragged);
		}
		renumber();
	});
	const renumber = () => {
		const items = [...ballot.children];
		const last = Math.max(items.indexOf(dragged), ...items.map((item, i) => (place(item).value ? i : -1)));
		items.slice(0, last + 1).forEach((item, i) => (place(item).value = i + 1));
		document.getElementById("osparat").hidden = false;
	};
	ballot.addEventListener("input", () => (document.getElementById("osparat").hidden = false));
}
