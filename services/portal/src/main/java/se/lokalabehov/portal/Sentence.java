package se.lokalabehov.portal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.function.Supplier;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * What the portal says of what has happened, in the language of whoever reads:
 * {@code telling.properties}, and {@code telling_en.properties} for who has chosen
 * English. What people wrote, and what things are called, stays as it was written.
 */
final class Sentence {

	static final String BUNDLE = "se.lokalabehov.portal.telling";

	private static final Control EXACTLY = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

	static final Locale SWEDISH = Locale.of("sv");

	private Sentence() {
	}

	/**
	 * The language that is read on this thread: Swedish unless a request says otherwise.
	 */
	static Locale language() {
		return (LocaleContextHolder.getLocaleContext() != null
				&& LocaleContextHolder.getLocale().getLanguage().equals("en")) ? Locale.ENGLISH : SWEDISH;
	}

	/** Does something as if that language was read. */
	static <T> T in(Locale language, Supplier<T> what) {
		LocaleContext before = LocaleContextHolder.getLocaleContext();
		LocaleContextHolder.setLocale(language);
		try {
			return what.get();
		}
		finally {
			LocaleContextHolder.setLocaleContext(before);
		}
	}

	/** A sentence, or part of one. */
	static String of(String key, Object... about) {
		Locale language = language();
		ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, language.equals(SWEDISH) ? Locale.ROOT : language,
				EXACTLY);
		return new MessageFormat(bundle.getString(key), language).format(about);
	}

}
