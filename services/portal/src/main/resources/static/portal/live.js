// Shows what others do: the server says that something has changed, and the page reads itself anew.
// What one has ticked stays ticked, and what one is writing in is left alone.
const live = document.getElementById("live");
if (live && "EventSource" in window) {
	const IDLE = 30 * 60 * 1000;
	let source = null;
	let touched = Date.now();
	let dragging = false;
	let timer = null;

	const say = (words) => (live.querySelector("[role=status]").textContent = words);
	const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
	const typedIn = (element) =>
		[...element.querySelectorAll("textarea, select, input:not([type=checkbox], [type=radio], [type=hidden])")].some((field) =>
			field.options ? [...field.options].some((one) => one.selected !== one.defaultSelected) : field.value !== field.defaultValue);
	const sign = (element) => [element.tagName, element.name, element.value, element.getAttribute("href")].join(" ");
	const same = (within, element) => [...within.querySelectorAll(element.tagName)].find((one) => sign(one) === sign(element));

	const replace = (old, fresh) => {
		const ticked = [...old.querySelectorAll("input:checked")];
		const focused = old.contains(document.activeElement) ? document.activeElement : null;
		const open = old.matches("details[open]");
		old.replaceWith(fresh);
		fresh.toggleAttribute("open", open);
		const kept = ticked.map((one) => same(fresh, one)).filter(Boolean);
		kept.forEach((one) => (one.checked = true));
		if (focused) {
			same(fresh, focused)?.focus({ preventScroll: true });
		}
		return kept.length === ticked.length;
	};

	const refresh = async () => {
		if (dragging) {
			soon();
			return;
		}
		const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
		if (!answer?.ok || answer.redirected) {
			say(live.dataset.stale);
			return;
		}
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		let said = null;
		document.querySelectorAll("[data-fresh]").forEach((old) => {
			const fresh = page.getElementById(old.id);
			if (fresh && words(old) === words(fresh)) {
				return;
			}
			if (!fresh || typedIn(old)) {
				said = live.dataset.stale;
				return;
			}
			const whole = replace(old, document.adoptNode(fresh));
			said = whole ? said ?? live.dataset.updated : live.dataset.gone;
		});
		const appeared = [...page.querySelectorAll("[data-fresh]")].some((one) => !document.getElementById(one.id));
		if (appeared) {
			said = live.dataset.stale;
		}
		if (said) {
			say(said);
		}
	};
	const soon = () => {
		clearTimeout(timer);
		timer = setTimeout(refresh, 300);
	};

	const listen = () => {
		source = new EventSource(live.dataset.url);
		source.addEventListener("andrat", soon);
	};
	["pointerdown", "keydown"].forEach((kind) =>
		addEventListener(kind, () => {
			touched = Date.now();
			if (!source) {
				listen();
				soon();
			}
		}));
	addEventListener("dragstart", () => (dragging = true));
	addEventListener("dragend", () => (dragging = false));
	// A page that nobody uses does not keep its session alive.
	setInterval(() => {
		if (source && Date.now() - touched > IDLE) {
			source.close();
			source = null;
		}
	}, 60000);
	listen();
}
