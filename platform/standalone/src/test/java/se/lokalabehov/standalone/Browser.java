package se.lokalabehov.standalone;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.util.FileSystemUtils;

/**
 * Chromium, without a window, as one person uses it. Found on the path, or where
 * {@code -Dbrowser} and {@code -Dbrowser.driver} say.
 */
final class Browser implements AutoCloseable {

	/** What stands in the way when there is no browser. */
	static final String MISSING = "there is no browser: install chromium and chromium-driver "
			+ "(apt-get install chromium chromium-driver), or say where they are with -Dbrowser and -Dbrowser.driver";

	/** A phone, and a desk. */
	static final List<Integer> WIDTHS = List.of(320, 1280);

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final URI portal;

	private final Path profile;

	private final ChromeDriver driver;

	private int clicks;

	private Browser(URI portal, boolean script) {
		this.portal = portal;
		try {
			this.profile = Files.createTempDirectory("lokala-behov-profile");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser().orElseThrow());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
				"--user-data-dir=" + this.profile);
		if (!script) {
			options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
		}
		this.driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driverProgram().orElseThrow()).build(),
				options);
		width(1280);
	}

	static Browser at(URI portal) {
		return new Browser(portal, true);
	}

	static Browser withoutScript(URI portal) {
		return new Browser(portal, false);
	}

	/** Whether there is one; the tests are skipped otherwise, with the reason. */
	static boolean isInstalled() {
		return browser().isPresent() && driverProgram().isPresent();
	}

	private static Optional<File> browser() {
		return program("browser", "chromium", "chromium-browser", "google-chrome");
	}

	private static Optional<File> driverProgram() {
		return program("browser.driver", "chromedriver");
	}

	private static Optional<File> program(String property, String... names) {
		Stream<File> said = Stream.ofNullable(System.getProperty(property)).map(File::new);
		Stream<File> found = Arrays.stream(names)
			.flatMap((name) -> Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
				.map((directory) -> new File(directory, name)));
		return Stream.concat(said, found).filter(File::canExecute).findFirst();
	}

	/** Logs in at the demo issuer, as somebody else if somebody was. */
	Browser as(String login) {
		this.driver.get(this.portal.resolve("/om").toString());
		this.driver.manage().deleteAllCookies();
		return open("/logga-in").logIn(login);
	}

	/** On the demo issuer's page. */
	Browser logIn(String login) {
		until(() -> !all("#username").isEmpty());
		the("#username").sendKeys(login);
		the("#password").sendKeys("demo", Keys.ENTER);
		until(() -> address().startsWith(this.portal.toString()));
		return this;
	}

	String address() {
		return Objects.requireNonNull(this.driver.getCurrentUrl());
	}

	String title() {
		return Objects.requireNonNull(this.driver.getTitle());
	}

	Browser reload() {
		this.driver.navigate().refresh();
		return this;
	}

	Browser loggedOut() {
		this.driver.get(this.portal.resolve("/om").toString());
		this.driver.manage().deleteAllCookies();
		return this;
	}

	/**
	 * Ends the session as time does: the cookie stays, the server knows nothing of it.
	 */
	Browser withoutSession() {
		this.driver.manage().deleteCookieNamed("LOKALA_BEHOV");
		this.driver.manage().deleteCookieNamed("DEMO_ISSUER");
		return this;
	}

	/** The cookies that the browser holds. */
	Set<Cookie> cookies() {
		return this.driver.manage().getCookies();
	}

	Browser open(String path) {
		this.driver.get(this.portal.resolve(path).toString());
		return this;
	}

	/** In CSS pixels, as a device of that width shows it. */
	Browser width(int pixels) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", pixels, "height", (pixels < 600) ? 640 : 900, "deviceScaleFactor", 1, "mobile", false));
		return this;
	}

	/** Twice as large: a desk's width holds half as much. */
	Browser twiceAsLarge() {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 640, "height", 450, "deviceScaleFactor", 2, "mobile", false));
		return this;
	}

	/**
	 * With more space between lines, paragraphs, words and letters (WCAG 1.4.12), as an
	 * extension of the browser gives it.
	 */
	Browser withMoreSpace() {
		this.driver.executeScript(
				"""
						const sheet = document.styleSheets[document.styleSheets.length - 1];
						sheet.insertRule("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }", sheet.cssRules.length);
						sheet.insertRule("p { margin-bottom: 2em !important; }", sheet.cssRules.length);
						""");
		return this;
	}

	/** What stands in a box that is too small for it and hides the rest, by its text. */
	@SuppressWarnings("unchecked")
	List<String> cutOff() {
		return (List<String>) Objects.requireNonNull(this.driver.executeScript("""
				return [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
					const style = getComputedStyle(one);
					const hides = ["hidden", "clip"].some((how) => [style.overflowX, style.overflowY].includes(how));
					// What is for those who listen is cut off on purpose, to a dot.
					return hides && style.clipPath === "none" && one.clientWidth > 1 && one.textContent.trim() !== ""
						&& (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
				}).map((one) => one.tagName + " " + one.textContent.trim().slice(0, 60));
				"""));
	}

	/** What of a page could only have come out of a text: it would be run. */
	@SuppressWarnings("unchecked")
	List<String> runnable() {
		return (List<String>) Objects.requireNonNull(this.driver.executeScript(
				"""
						return [...document.querySelectorAll("*")].filter((one) => one.matches("script:not([src]), main img, iframe")
								|| one.getAttributeNames().some((name) => name.startsWith("on"))
								|| /^\\s*javascript:/i.test(one.getAttribute("href") ?? ""))
							.map((one) => one.outerHTML.slice(0, 100));
						"""));
	}

	String path() {
		return URI.create(address()).getPath();
	}

	String heading() {
		return text("h1");
	}

	String text(String css) {
		return steady(() -> this.driver.findElement(By.cssSelector(css)).getText());
	}

	String source() {
		return Objects.requireNonNull(this.driver.getPageSource());
	}

	List<WebElement> all(String css) {
		return this.driver.findElements(By.cssSelector(css));
	}

	WebElement the(String css) {
		return this.driver.findElement(By.cssSelector(css));
	}

	/** Replaces what stands in a field. */
	Browser write(String id, String text) {
		WebElement field = this.driver.findElement(By.id(id));
		field.clear();
		field.sendKeys(text);
		return this;
	}

	/** Gives a field that is no text, such as a day, its value. */
	Browser value(String id, String value) {
		this.driver.executeScript("document.getElementById(arguments[0]).value = arguments[1]", id, value);
		return this;
	}

	/** Chooses in a list. */
	Browser choose(String id, String value) {
		this.driver.findElement(By.cssSelector("#" + id + " option[value='" + value + "']")).click();
		return this;
	}

	String value(String id) {
		return Objects.requireNonNull(this.driver.findElement(By.id(id)).getDomProperty("value"));
	}

	/** What stands in fields, all read in the same moment. */
	@SuppressWarnings("unchecked")
	List<String> values(String css) {
		return (List<String>) Objects.requireNonNull(this.driver
			.executeScript("return [...document.querySelectorAll(arguments[0])].map((one) => one.value)", css));
	}

	/** Chooses with the space bar: the field itself, or the first of a group. */
	Browser choose(String id) {
		WebElement field = this.driver.findElement(By.id(id));
		WebElement choice = field.getTagName().equals("input") ? field : field.findElement(By.cssSelector("input"));
		choice.sendKeys(Keys.SPACE);
		return this;
	}

	/** Goes there with the tabulator, from where the focus is. */
	Browser tabTo(String id) {
		for (int i = 0; i < 100 && !id.equals(focused().getAttribute("id")); i++) {
			type(Keys.TAB);
		}
		return this;
	}

	/** Drags with the mouse, and lets go. */
	Browser drag(String what, String to) {
		new Actions(this.driver).dragAndDrop(the(what), the(to)).perform();
		return this;
	}

	/** How often something has been clicked on. */
	int clicks() {
		return this.clicks;
	}

	Browser forgetClicks() {
		this.clicks = 0;
		return this;
	}

	/** Clicks where the page that comes is told by another sign. */
	Browser clickAnyway(String words) {
		named(words).findFirst().orElseThrow().click();
		return this;
	}

	/**
	 * Clicks the last that is called so: the button, where what unfolds it has its name.
	 */
	Browser clickLast(String words) {
		WebElement before = the("html");
		named(words).reduce((one, other) -> other).orElseThrow().click();
		until(() -> isGone(before));
		return this;
	}

	/** Clicks what is called so: a button, a link, a summary or a label. */
	Browser click(String words) {
		until(() -> named(words).findAny().isPresent());
		WebElement element = steady(() -> named(words).findFirst().orElseThrow());
		WebElement before = the("html");
		boolean leads = List.of("a", "button").contains(steady(element::getTagName));
		this.clicks++;
		element.click();
		if (leads) {
			until(() -> isGone(before));
		}
		return this;
	}

	private Stream<WebElement> named(String words) {
		return all("button, a, summary, label").stream().filter((one) -> one.getText().strip().equals(words));
	}

	private static boolean isGone(WebElement element) {
		try {
			element.isEnabled();
			return false;
		}
		catch (RuntimeException ex) {
			return true;
		}
	}

	/** Types where the focus is. */
	Browser type(CharSequence... keys) {
		this.driver.switchTo().activeElement().sendKeys(keys);
		return this;
	}

	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	/** Waits until it is so, and fails when it does not become so. */
	void until(BooleanSupplier so) {
		new WebDriverWait(this.driver, PATIENCE, Duration.ofMillis(50))
			.withMessage(() -> address() + ": " + the("body").getText())
			.until((ignored) -> Boolean.TRUE.equals(ifSteady(so::getAsBoolean)));
	}

	/**
	 * Reads what may be replaced in that moment: a page that loads, or shows others'
	 * changes by itself.
	 */
	private <T> T steady(Supplier<T> read) {
		return new WebDriverWait(this.driver, PATIENCE, Duration.ofMillis(50)).until((ignored) -> ifSteady(read));
	}

	private static <T> @Nullable T ifSteady(Supplier<T> read) {
		try {
			return read.get();
		}
		catch (StaleElementReferenceException ex) {
			return null;
		}
		catch (WebDriverException ex) {
			// How the driver says the same when the page goes between finding and asking.
			if (String.valueOf(ex.getRawMessage()).contains("does not belong to the document")) {
				return null;
			}
			throw ex;
		}
	}

	/** Whether one must scroll sideways to read the page. */
	boolean overflows() {
		return Boolean.TRUE.equals(this.driver
			.executeScript("return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
	}

	/** What reaches beyond the page, innermost, by its text. */
	String beyond() {
		return Objects.toString(this.driver.executeScript(
				"""
						const width = document.documentElement.clientWidth;
						return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1)
							.map((one) => one.tagName + "." + one.className + " " + one.textContent.trim().slice(0, 40)).slice(-3).join("; ");
						"""));
	}

	/** What axe finds wrong at WCAG 2.2 A and AA, in words. */
	List<String> violations() {
		List<Rule> violations = new AxeBuilder()
			.withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
			// In one window: there are no frames from elsewhere.
			.setLegacyMode()
			.analyze(this.driver)
			.getViolations();
		return violations.stream()
			.flatMap((rule) -> rule.getNodes()
				.stream()
				.map((node) -> rule.getId() + ": " + rule.getHelp() + " " + node.getHtml()))
			.toList();
	}

	/**
	 * What the browser's own console complains of: a blocked script, a broken address.
	 */
	List<String> complaints() {
		return this.driver.manage().logs().get("browser").getAll().stream().map((entry) -> entry.getMessage()).toList();
	}

	/** A picture of the whole page. */
	void picture(Path file) {
		try {
			Files.createDirectories(file.getParent());
			Object height = Objects
				.requireNonNull(this.driver.executeScript("return document.documentElement.scrollHeight"));
			Object width = Objects
				.requireNonNull(this.driver.executeScript("return document.documentElement.clientWidth"));
			this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
					Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
			Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
		FileSystemUtils.deleteRecursively(this.profile.toFile());
	}

}
