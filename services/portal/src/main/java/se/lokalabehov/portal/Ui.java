package se.lokalabehov.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Term;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What every page shows around and about its own: who is logged in, where one can go, the
 * language, days. The templates call it {@code @ui}.
 */
@Component("ui")
class Ui {

	private final ObjectProvider<RequestMappingHandlerMapping> mappings;

	private final MessageSource messages;

	private final Logins logins;

	private final ObjectProvider<Notices> notices;

	private final Clock clock;

	private volatile @Nullable List<Entry> entries;

	Ui(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings,
			MessageSource messages, Logins logins, ObjectProvider<Notices> notices, Clock clock) {
		this.mappings = mappings;
		this.messages = messages;
		this.logins = logins;
		this.notices = notices;
		this.clock = clock;
	}

	private record Entry(String key, String href, int order, @Nullable For audience) {
	}

	/**
	 * Whether one has a role that one's login is not sure enough for.
	 * @return true when another login would give it
	 */
	public boolean tooWeak() {
		return !Caller.current().tooWeak().isEmpty();
	}

	/**
	 * A place in the main navigation.
	 *
	 * @param key of its words
	 * @param href where it is
	 * @param current whether one is there
	 */
	public record Place(String key, String href, boolean current) {
	}

	/**
	 * The main navigation of whoever asks.
	 * @return its places, in order
	 */
	public List<Place> menu() {
		Caller caller = Caller.current();
		String here = path();
		return entries().stream()
			.filter((entry) -> entry.audience() == null || WhoMayOpen.isFor(entry.audience(), caller))
			.map((entry) -> place(entry, caller, here))
			.toList();
	}

	/** Some addresses name whose they are. */
	private static Place place(Entry entry, Caller caller, String here) {
		String href = entry.href().replace("{rss}", caller.organisation().value());
		return new Place(entry.key(), href, href.equals(here));
	}

	private List<Entry> entries() {
		List<Entry> known = this.entries;
		if (known == null) {
			known = this.mappings.getObject()
				.getHandlerMethods()
				.entrySet()
				.stream()
				.flatMap((mapping) -> entry(mapping.getKey(), mapping.getValue()).stream())
				.sorted(Comparator.comparingInt(Entry::order))
				.toList();
			this.entries = known;
		}
		return known;
	}

	private static List<Entry> entry(RequestMappingInfo info, HandlerMethod method) {
		@Nullable Menu menu = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Menu.class);
		return (menu == null) ? List.of()
				: info.getPatternValues()
					.stream()
					.map((path) -> new Entry("menu." + menu.value(), path, menu.order(),
							WhoMayOpen.audience(method).orElse(null)))
					.toList();
	}

	private static String path() {
		String path = ServletUriComponentsBuilder.fromCurrentRequestUri().build().getPath();
		return (path != null) ? path : "/";
	}

	/**
	 * Whether somebody has logged in.
	 * @return true when somebody has
	 */
	public boolean loggedIn() {
		return !Caller.current().isAnonymous();
	}

	/**
	 * Whether one can log in at all.
	 * @return true when an issuer is configured
	 */
	public boolean canLogIn() {
		return !this.logins.all().isEmpty();
	}

	/**
	 * How much whoever has logged in was told and has not read.
	 * @return how many notices
	 */
	public long unread() {
		return this.notices.getObject().count(Caller.current().subject(), null, true);
	}

	/**
	 * What somebody was told.
	 * @param notice the notice
	 * @return a sentence in the language of the page
	 */
	public String sentence(Notice notice) {
		LocalDate due = notice.due();
		return text(notice.message(), (due != null) ? day(due) : "");
	}

	/**
	 * For whom.
	 * @return the organisation's name
	 */
	public String organisation() {
		return Names.of(Caller.current().organisation());
	}

	/**
	 * In which roles.
	 * @return the roles in words
	 */
	public String roles() {
		return roles(Caller.current().roles());
	}

	/**
	 * What roles are called.
	 * @param roles the roles
	 * @return their names in the language of the page, with commas
	 */
	public String roles(Set<Role> roles) {
		return String.join(", ",
				Arrays.stream(Role.values())
					.filter(roles::contains)
					.map((role) -> text("role." + role.wireName()))
					.toList());
	}

	/**
	 * The language of the page.
	 * @return sv or en
	 */
	public String language() {
		return isEnglish() ? "en" : "sv";
	}

	private static boolean isEnglish() {
		return LocaleContextHolder.getLocale().getLanguage().equals("en");
	}

	/**
	 * This page in the other language.
	 * @return its address
	 */
	public String inTheOtherLanguage() {
		var here = ServletUriComponentsBuilder.fromCurrentRequest()
			.replaceQueryParam("sprak", isEnglish() ? "sv" : "en")
			.build();
		return here.getPath() + "?" + here.getQuery();
	}

	/**
	 * A text.
	 * @param key its key
	 * @param arguments what stands in it
	 * @return the text in the language of the page
	 */
	public String text(String key, @Nullable Object... arguments) {
		return this.messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
	}

	/**
	 * What a term of the vocabulary is called.
	 * @param term the term
	 * @return its label in the language of the page where there is one, else in Swedish
	 */
	public String label(Term term) {
		String english = term.labelEn();
		return (isEnglish() && english != null && !english.isBlank()) ? english : term.label();
	}

	/**
	 * The terms of a list of the vocabulary.
	 * @param scheme which list
	 * @return its terms
	 */
	public List<Term> terms(String scheme) {
		return Directory.standard().terms(scheme);
	}

	/**
	 * What a code of the vocabulary means.
	 * @param scheme which list
	 * @param code the code
	 * @return its label, the code when it is unknown
	 */
	public String term(String scheme, @Nullable String code) {
		return (code == null) ? "" : Directory.standard().term(scheme, code).map(this::label).orElse(code);
	}

	/**
	 * A new key for a form, so that sending it twice does nothing twice.
	 * @return a random one
	 */
	public String key() {
		return UUID.randomUUID().toString();
	}

	/**
	 * A day as it is written.
	 * @param day the day
	 * @return "21 november 2026"
	 */
	public String day(LocalDate day) {
		return DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.of(language())).format(day);
	}

	/**
	 * The day of a moment, in Sweden.
	 * @param at the moment
	 * @return "21 november 2026"
	 */
	public String day(Instant at) {
		return day(LocalDate.ofInstant(at, Memberships.SWEDEN));
	}

	/**
	 * The time of day of a moment, in Sweden.
	 * @param at the moment
	 * @return "10:42"
	 */
	public String time(Instant at) {
		return DateTimeFormatter.ofPattern("HH:mm").format(at.atZone(Memberships.SWEDEN));
	}

	/**
	 * A moment, in Sweden.
	 * @param at the moment
	 * @return "21 november 2026 10:42"
	 */
	public String moment(Instant at) {
		return day(at) + " " + time(at);
	}

	/**
	 * How far off a day is.
	 * @param day the day
	 * @return "i dag", "om 3 dagar", "för 2 dagar sedan"
	 */
	public String relative(LocalDate day) {
		long days = ChronoUnit.DAYS.between(LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN), day);
		if (days == 0) {
			return text("day.today");
		}
		return text((days > 0) ? "day.ahead" : "day.ago", Math.abs(days));
	}

	/**
	 * How long ago a moment is.
	 * @param at the moment
	 * @return "nyss", "för 2 dagar sedan"
	 */
	public String relative(Instant at) {
		return (Duration.between(at, this.clock.instant()).toMinutes() < 5) ? text("day.now")
				: relative(LocalDate.ofInstant(at, Memberships.SWEDEN));
	}

}
